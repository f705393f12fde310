# One image for every service of docker-compose.yml.
FROM python:3.11-slim

RUN useradd --uid 10001 --create-home sala && install --directory --owner sala --mode 0700 /var/lib/sala
WORKDIR /opt/sala

# The packages first: they change less often than we do. uv, pinned by the same lock, is quicker than pip.
COPY requirements.lock .
RUN awk '/^[^ ]/ {ours = /^uv==/} ours' requirements.lock > /tmp/uv.txt \
    && pip install --no-cache-dir --require-hashes -r /tmp/uv.txt \
    && uv pip install --system --no-cache --compile-bytecode --require-hashes -r requirements.lock

COPY . .
RUN uv pip install --system --no-cache --no-deps --no-build-isolation --offline --editable .

USER sala
ENV SALA_HOME=/var/lib/sala
VOLUME /var/lib/sala
CMD ["sala", "--help"]
