"""
The revocation lists of pyHanko's test authorities, behind a pipe. Needs pyHanko's source distribution in the module path.

    {"authorities": ["testing-ca"…], "at": MILLISECONDS, "folder": FOLDER} → {"lists": {URL: DER file}}
"""

import json
import logging
import os
import sys
from datetime import datetime, timezone

from certomancer.registry.common import ArchLabel
from pyhanko_testing_commons.test_data.samples import CERTOMANCER

logging.disable(logging.CRITICAL)


def lists(order):
    at = datetime.fromtimestamp(order['at'] / 1000, timezone.utc)
    found = {}
    for name in order['authorities']:
        services = CERTOMANCER.get_pki_arch(ArchLabel(name)).service_registry
        for repository in services.list_crl_repos():
            path = os.path.join(order['folder'], f"{name}-{repository.label.value}-{order['at']}.crl")
            if not os.path.exists(path):
                try:
                    der = services.get_crl(repository.label, at).dump()
                except ValueError:
                    # Certomancer writes no lists for keys that it doesn't know.
                    continue
                with open(path, 'wb') as out:
                    out.write(der)
            found[repository.url] = path
    return {'lists': found}


for line in sys.stdin:
    try:
        answer = lists(json.loads(line))
    except Exception as error:
        answer = {'error': type(error).__name__ + ': ' + str(error)[:300]}
    print(json.dumps(answer), flush=True)
