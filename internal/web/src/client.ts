// How the pages ask the service. Every answer that is not one is a Problem.

/** What went wrong, in words for whoever reads the page. */
export class Problem extends Error {
  constructor(
    message: string,
    readonly status: number, // 0: no answer at all
  ) {
    super(message);
  }
}

const base = '/api/v1';

/** An answer with the tag that says which revision it is. */
export type Answer<T> = { value: T; etag: string | null; location: string | null; status: number };

type Asking = { method?: string; body?: unknown; file?: File; token?: string; ifMatch?: string; signal?: AbortSignal };

/** The media type of a workbook. */
const mediaXLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Asks for a path below the service's base, as `/options?limit=10`. */
export async function ask<T>(path: string, asking: Asking = {}): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (asking.body !== undefined) headers['Content-Type'] = 'application/json';
  if (asking.token) headers['Authorization'] = `Bearer ${asking.token}`;
  if (asking.ifMatch) headers['If-Match'] = asking.ifMatch;
  const request: RequestInit = { method: asking.method ?? 'GET', headers };
  if (asking.body !== undefined) request.body = JSON.stringify(asking.body);
  if (asking.file) {
    headers['Content-Type'] = asking.file.type || mediaXLSX;
    request.body = asking.file;
  }
  if (asking.signal) request.signal = asking.signal;
  const response = await fetch(path.startsWith(base) ? path : base + path, request).catch((error: unknown) => {
    if (asking.signal?.aborted) throw error;
    throw new Problem('', 0);
  });
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return {
    value: (text ? JSON.parse(text) : null) as T,
    etag: response.headers.get('ETag'),
    location: response.headers.get('Location'),
    status: response.status,
  };
}

/** Asks and returns the value alone. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  return (await ask<T>(path, signal ? { signal } : {})).value;
}

/** Asks for a whole list, page after page. */
export async function list<T>(path: string, signal?: AbortSignal): Promise<T[]> {
  const limit = 5000;
  const all: T[] = [];
  for (;;) {
    const page = await get<{ items: T[]; total: number }>(address(path, { limit, offset: all.length }), signal);
    all.push(...page.items);
    if (page.items.length === 0 || all.length >= page.total) return all;
  }
}

/** Adds parameters to a path; those that are undefined are left out. */
export function address(path: string, parameters: Record<string, string | number | undefined>): string {
  const query = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  if (query.length === 0) return path;
  return path + (path.includes('?') ? '&' : '?') + query.join('&');
}

/** The address of a download: the same list in another form. */
export function download(path: string, parameters: Record<string, string | number | undefined>): string {
  return base + address(path, parameters);
}

type Detail = { title?: string; detail?: string; errors?: { message?: string; location?: string }[] };

async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => ({}))) as Detail;
  const parts = (body.errors ?? []).map((e) => [e.location, e.message].filter(Boolean).join(': '));
  const text = [body.detail ?? body.title ?? response.statusText, ...parts].filter(Boolean).join('; ');
  return new Problem(text, response.status);
}
