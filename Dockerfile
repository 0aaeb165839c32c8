# The same steps as the Makefile's, with the same scripts and lock files (tests/test_packaging.py holds them together).

# 1. Front-end assets
FROM node:24-bookworm-slim AS assets
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY scripts/assets.sh scripts/
COPY assistant/web/static assistant/web/static
RUN bash scripts/assets.sh

# 2. Python packages and the program, in a virtual environment that moves as a whole
FROM python:3.11-slim-bookworm AS build
ARG WIJZER_TORCH_INDEX=https://download.pytorch.org/whl/cpu
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
RUN python -m venv /opt/wijzer
COPY requirements-torch.lock requirements.lock requirements-dev.lock ./
COPY scripts/packages.sh scripts/
RUN WIJZER_TORCH_INDEX="$WIJZER_TORCH_INDEX" sh scripts/packages.sh /opt/wijzer requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY ingest ingest
COPY assistant assistant
COPY evals evals
COPY prompts prompts
COPY corpus corpus
COPY --from=assets /src/assistant/web/static/vendor assistant/web/static/vendor
RUN PIP_CONSTRAINT="requirements.lock requirements-dev.lock" PIP_BUILD_CONSTRAINT="requirements.lock requirements-dev.lock" \
    /opt/wijzer/bin/python -m pip install --no-deps .

# 3. What runs: the same Python, no build tools, an ordinary user, one folder to write in
FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Innovatiewijzer" org.opencontainers.image.licenses="EUPL-1.2"
RUN groupadd --gid 10001 wijzer \
    && useradd --uid 10001 --gid 10001 --home-dir /data --no-create-home --shell /usr/sbin/nologin wijzer \
    && mkdir /data /documents \
    && chown 10001:10001 /data
COPY --from=build /opt/wijzer /opt/wijzer
COPY LICENSE /usr/share/doc/innovatiewijzer/
COPY LICENSES /usr/share/doc/innovatiewijzer/LICENSES
ENV PATH=/opt/wijzer/bin:$PATH \
    HOME=/data \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    WIJZER_DATA=/data \
    WIJZER_DOCUMENTS=/documents
WORKDIR /data
VOLUME ["/data"]
EXPOSE 8000
USER 10001:10001
# The first start reads the documents before it answers, hence the long start period.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10m --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]
# As `make serve`: new documents and a newer version of the program are read in first; one bad document stops nothing.
CMD ["sh", "-c", "exec wijzer serve --host 0.0.0.0"]
