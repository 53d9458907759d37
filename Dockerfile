# hubreach in a small image that runs as nobody in particular.
#
#   docker build -t hubreach .
#   docker run --rm -p 127.0.0.1:8080:8080 hubreach              the sample county
#   docker run --rm --user "$(id -u)" -v "$PWD/data:/data:ro" -v "$PWD/out:/out" hubreach run /data/studies/kent.toml --data /data/kent --out /out/kent
#
# A study of one's own without PostGIS, kept in a volume and read with a token:
#
#   own() { docker run --rm --read-only --tmpfs /tmp -v hubreach:/var/lib/hubreach -e HUBREACH_STORE=/var/lib/hubreach/hubreach.gpkg "$@"; }
#   own -v "$PWD/data:/data:ro" hubreach load /data/studies/kent.toml --data /data/kent
#   own hubreach token add NAME
#   own -p 127.0.0.1:8080:8080 hubreach serve --addr 0.0.0.0:8080
#
# With PostGIS and workers: docker-compose.yml.

FROM node:22-bookworm-slim AS pages
WORKDIR /src/internal/web
COPY internal/web/package.json internal/web/package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY internal/web ./
RUN npm run build

FROM golang:1.26-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgeos-dev libproj-dev pkg-config \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=pages /src/internal/web/dist internal/web/dist
RUN CGO_ENABLED=1 go build -trimpath -buildvcs=false -ldflags='-s -w' -o /hubreach ./cmd/hubreach

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libgeos-c1v5 libproj25 coinor-cbc \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin hubreach \
 && install -d -o hubreach -g hubreach -m 0700 /var/lib/hubreach /var/cache/hubreach
COPY --from=build /hubreach /usr/local/bin/hubreach
# Where the store is kept unless HUBREACH_STORE names another, and built street graphs.
ENV XDG_DATA_HOME=/var/lib XDG_CACHE_HOME=/var/cache
VOLUME /var/lib/hubreach
USER hubreach
WORKDIR /tmp
EXPOSE 8080
ENTRYPOINT ["hubreach"]
# Reading is open here, because it is the sample county; changing it needs a token.
CMD ["serve", "--addr", "0.0.0.0:8080", "--allow-open"]
