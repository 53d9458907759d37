# hubreach in a small image that runs as nobody in particular.
#
#   docker build -t hubreach .
#   docker run --rm -p 8080:8080 hubreach                        the sample county
#   docker run --rm -v "$PWD/data:/data:ro" -v "$PWD/out:/out" hubreach run /data/studies/kent.toml --data /data/kent --out /out/kent

FROM node:22-bookworm-slim AS pages
WORKDIR /web
COPY internal/web/package.json internal/web/package-lock.json internal/web/.npmrc ./
RUN npm ci
COPY internal/web .
RUN npm run build

FROM golang:1.26-bookworm AS build
RUN apt-get update \
 && apt-get install -y --no-install-recommends libgeos-dev libproj-dev pkg-config \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=pages /web/dist/pages internal/web/dist/pages
RUN CGO_ENABLED=1 go build -trimpath -buildvcs=false -ldflags='-s -w' -o /hubreach ./cmd/hubreach

FROM debian:bookworm-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates libgeos-c1v5 libproj25 coinor-cbc \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin hubreach
COPY --from=build /hubreach /usr/local/bin/hubreach
USER hubreach
WORKDIR /tmp
EXPOSE 8080
ENTRYPOINT ["hubreach"]
CMD ["serve", "--addr", "0.0.0.0:8080"]
