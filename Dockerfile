# Lectern in a container.
#
#   docker build -t lectern .
#   openssl rand -hex 32 > lectern_token
#   docker run -d --name lectern -p 127.0.0.1:8080:8080 \
#       -v lectern_data:/data -v "$PWD/lectern_token:/run/secrets/lectern_token:ro" lectern
#
# The service listens on every address of the container, so it insists on an editors' token: the
# first line of LECTERN_TOKEN_FILE, at least 16 characters, which user 10001 must be able to read.
# Put a TLS proxy in front of it. Articles and audio are in /data; more voices can be mounted into
# /opt/lectern/parts/voices. After `lectern` any command of the program may follow:
#
#   docker run --rm lectern voices list
#
# The steps are those of the Makefile; scripts/check-dockerfile.sh keeps it so.

FROM rust:1.95-bookworm AS build
WORKDIR /src
# Before the source, so that a change there fetches nothing again.
COPY scripts/setup.sh scripts/
COPY voices/voices.toml voices/
COPY Cargo.toml ./
RUN scripts/setup.sh system parts
COPY . .
RUN cargo build --release --locked
RUN scripts/setup.sh espeak

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install --yes --no-install-recommends libsonic0 libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin lectern \
    && install -d -o lectern -g lectern /data
COPY --from=build /src/LICENSE /src/LICENSES.md /usr/share/doc/lectern/
COPY --from=build /src/parts/ /opt/lectern/parts/
COPY --from=build /src/target/release/lectern /usr/local/bin/

ENV LECTERN_LISTEN=0.0.0.0:8080 \
    LECTERN_DATA=/data \
    LECTERN_PARTS=/opt/lectern/parts \
    LECTERN_TOKEN_FILE=/run/secrets/lectern_token
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=6s --start-period=30s --retries=3 \
    CMD ["lectern", "health"]
ENTRYPOINT ["lectern"]
CMD ["serve"]
