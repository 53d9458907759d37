// Where the labels of points stand, so that no label lies on another or on a point.

/** A point of a drawing in pixels, and how many characters its label has. */
export type Spot = { x: number; y: number; length: number };

/** From a point to the middle of its label, in pixels. */
export type Step = { dx: number; dy: number };

type Box = { left: number; right: number; top: number; bottom: number };

/** Half a point, and a character of 13 pixels in height with its space, in pixels. */
const [half, wide, high] = [12, 8, 16];

/**
 * A place for the label of each point within a frame: above it, else below, right
 * or left of it, whichever is free first; above where none is.
 */
export function labelled(spots: readonly Spot[], frame: Box): Step[] {
  const taken = spots.map((s) => around(s.x, s.y, 2 * half, 2 * half));
  return spots.map((s) => {
    const across = wide * s.length;
    const ways: [Step, ...Step[]] = [
      { dx: 0, dy: -half - high / 2 },
      { dx: 0, dy: half + high / 2 },
      { dx: half + across / 2, dy: 0 },
      { dx: -half - across / 2, dy: 0 },
    ];
    const boxOf = (way: Step): Box => around(s.x + way.dx, s.y + way.dy, across, high);
    const free = (box: Box): boolean => inside(box, frame) && !taken.some((t) => overlap(box, t));
    const way = ways.find((w) => free(boxOf(w))) ?? ways[0];
    taken.push(boxOf(way));
    return way;
  });
}

function around(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

function inside(a: Box, frame: Box): boolean {
  return a.left >= frame.left && a.right <= frame.right && a.top >= frame.top && a.bottom <= frame.bottom;
}

/** Boxes that share no more than an edge do not overlap. */
function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
