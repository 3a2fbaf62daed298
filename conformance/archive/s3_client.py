"""AWS' own client: makes the bucket, or prints the SHA-256 of an object and the checksum that the store keeps of it."""
import hashlib
import sys

import boto3

what, endpoint, key_id, secret, ca, bucket = sys.argv[1:7]
client = boto3.client(
    "s3",
    endpoint_url=endpoint,
    region_name="th-1",
    aws_access_key_id=key_id,
    aws_secret_access_key=secret,
    verify=ca or None,
)
if what == "make":
    client.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "th-1"})
elif what == "digest":
    found = client.get_object(Bucket=bucket, Key=sys.argv[7], ChecksumMode="ENABLED")
    print(hashlib.sha256(found["Body"].read()).hexdigest(), found.get("ChecksumSHA256", ""))
elif what == "shorten":
    body = client.get_object(Bucket=bucket, Key=sys.argv[7])["Body"].read()
    client.put_object(Bucket=bucket, Key=sys.argv[7], Body=body[: len(body) // 2])
else:
    print([one["Key"] for one in client.list_objects_v2(Bucket=bucket).get("Contents", [])])
