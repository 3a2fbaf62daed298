"""Uploads a file with tuspy, PyPI's client of tus: upload.py ADDRESS CLIENT FILE [UPLOAD].

ADDRESS is where uploads begin; UPLOAD, where it is given, is one that began before. Tells the upload's address as soon as it is
known, the offset from which it goes on, and the one at its end, each on a line.
"""

import sys

from tusclient.client import TusClient

address, client, file, *begun = sys.argv[1:]
tus = TusClient(address, headers={"X-Road-Client": client})
metadata = {"filename": "หนังสือ.pdf", "filetype": "application/pdf"}
# One part as long as the file, as most clients send it; of an upload that goes on, parts of 4 MiB, the most that the guide tells, with their checksums.
parts = {"chunk_size": 4 << 20, "upload_checksum": True} if begun else {}
uploader = tus.uploader(file, url=begun[0] if begun else None, metadata=metadata, **parts)
if not begun:
    uploader.set_url(uploader.create_url())
print(uploader.url, uploader.offset, sep="\n", flush=True)
uploader.upload()
print(uploader.offset, flush=True)
