#!/bin/sh
# Installs CSDesk for the person who runs it, without administrator rights; run it again to update.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
programs="${XDG_DATA_HOME:-$HOME/.local/share}"
target="$HOME/.local/lib/csdesk"
rm -rf "$target.new"
mkdir -p "$HOME/.local/lib" "$HOME/.local/bin" "$programs/applications"
cp -R "$here" "$target.new"
rm -rf "$target"
mv "$target.new" "$target"
ln -sf "$target/csdesk" "$HOME/.local/bin/csdesk"
cat > "$programs/applications/csdesk.desktop" <<DESKTOP
[Desktop Entry]
Type=Application
Name=CSDesk
Comment=Success plans for customer success managers
Comment[ja]=カスタマーサクセスのためのサクセスプラン
Exec="$target/csdesk" %f
Icon=$target/_internal/resources/icons/app-mark.svg
Categories=Office;
DESKTOP
echo "CSDesk is in your menu now, and on the terminal as $HOME/.local/bin/csdesk"
