#!/bin/sh
# Chromium and Chinese fonts for the browser tests: installed from Debian packages when run as root.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
if ! fc-list :lang=zh 2>/dev/null | grep -q .; then missing="$missing fonts-noto-cjk"; fi
[ -z "$missing" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq
  # shellcheck disable=SC2086
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing fontconfig >/dev/null
else
  echo "浏览器测试缺少：$missing。请以管理员身份安装后重试（Debian：apt-get install $missing）。" >&2
fi
