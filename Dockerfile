# The bot alone: no tests, no simulator, no pip beside it. How it is run: compose.yaml.
FROM python:3.11-slim-trixie AS build

WORKDIR /src
RUN python -m venv --without-pip /opt/bot
COPY pyproject.toml constraints.txt README.md ./
COPY bot bot
COPY handlers handlers
COPY storage storage
RUN --mount=type=cache,target=/root/.cache/pip \
    python -m pip --python /opt/bot/bin/python install -c constraints.txt .


FROM python:3.11-slim-trixie

LABEL org.opencontainers.image.title="arhtiya-bot" \
      org.opencontainers.image.description="The books of a commission agent's firm, kept from a Telegram chat" \
      org.opencontainers.image.version="0.1.0" \
      org.opencontainers.image.base.name="docker.io/library/python:3.11-slim-trixie"

COPY --from=build /opt/bot /opt/bot
# A volume that is made here belongs to whoever owns this folder.
RUN install -d -o 10001 -g 10001 -m 700 /data

# Only /data is written, and /tmp where DATA_DIR has a very long name.
ENV PATH=/opt/bot/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONSAFEPATH=1 \
    DATA_DIR=/data \
    WEB_HOST=0.0.0.0

USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM

# Longer at first: a bot that is to take over another's books waits for three minutes.
HEALTHCHECK --interval=60s --timeout=10s --start-period=200s --retries=3 \
    CMD ["python", "-m", "bot", "health"]
CMD ["python", "-m", "bot"]
