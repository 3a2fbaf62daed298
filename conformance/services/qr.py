"""What a camera would read of a picture: every QR code in it, by zxing-cpp. Usage: qr.py PICTURE.png; prints a JSON list."""

import json
import sys

import zxingcpp
from PIL import Image

found = zxingcpp.read_barcodes(Image.open(sys.argv[1]).convert("L"))
print(json.dumps([{"format": one.format.name, "text": one.text} for one in found]))
