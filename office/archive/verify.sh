#!/bin/sh
# Kiểm tra bản xuất hồ sơ: mọi tệp còn nguyên như khi xuất, không thiếu, không thừa.
# Cách dùng: sh kiem-tra.sh   (cần lệnh sha256sum; chạy ở chính thư mục này hay ở đâu cũng được)
# Mã kết thúc: 0 nguyên vẹn, 1 có sai khác.
cd "$(dirname "$0")" || exit 1
bad=0
command -v sha256sum >/dev/null 2>&1 || { echo "Máy này không có lệnh sha256sum; hãy dùng kiem-tra.py."; exit 1; }
[ -s SHA256SUMS ] || { echo "SAI: không có tệp SHA256SUMS."; exit 1; }
sha256sum -c --quiet SHA256SUMS || bad=1
for f in $(find . -type f ! -name SHA256SUMS | sed 's|^\./||'); do
    grep -q "  $f\$" SHA256SUMS || { echo "SAI: tệp thừa, không có khi xuất: $f"; bad=1; }
done
if [ "$bad" -ne 0 ]; then
    echo "CÓ SAI KHÁC: bản xuất không còn như khi xuất."
    exit 1
fi
echo "Nguyên vẹn: $(wc -l <SHA256SUMS | tr -d ' ') tệp đúng như khi xuất."
