"""
A pytest plugin for pyHanko's own test suite: every PDF that a test of theirs judges is laid into a folder, with the
trust anchors, the time and the verdict, so that another checker can be asked about the same file.

    SAPAN_RECORD=FOLDER pytest -p record tests/…
"""

import functools
import hashlib
import json
import os
import sys

import pyhanko.sign.validation as validation
from pyhanko.sign.validation import pdf_embedded

FOLDER = os.environ['SAPAN_RECORD']
os.makedirs(FOLDER, exist_ok=True)
test_name = None
seen = set()


def pytest_runtest_setup(item):
    global test_name
    test_name = item.nodeid


def kept(data, ending):
    name = hashlib.sha256(data).hexdigest()[:24] + ending
    path = os.path.join(FOLDER, name)
    if not os.path.exists(path):
        with open(path, 'wb') as out:
            out.write(data)
    return name


def file_bytes(reader):
    stream = reader.stream
    at = stream.tell()
    stream.seek(0)
    data = stream.read()
    stream.seek(at)
    return data


def context_facts(context):
    if context is None:
        return {'anchors': [], 'moment': None, 'revocation': None}
    roots = []
    for anchor in context.path_builder.trust_manager.iter_certs():
        roots.append(kept(anchor.dump(), '.der'))
    others = [kept(c.dump(), '.der') for c in context.certificate_registry if hasattr(c, 'dump')]
    return {
        'anchors': sorted(set(roots)),
        'others': sorted(set(others) - set(roots)),
        'moment': int(context.moment.timestamp() * 1000),
        'revocation': context.revinfo_policy.revocation_checking_policy.ee_certificate_rule.name,
    }


def status_facts(status):
    facts = {}
    for name in ('intact', 'valid', 'trusted', 'bottom_line', 'docmdp_ok'):
        facts[name] = getattr(status, name, None)
    for name in ('coverage', 'modification_level'):
        value = getattr(status, name, None)
        facts[name] = value.name if value is not None else None
    problem = getattr(status, 'trust_problem_indic', None)
    facts['trust_problem'] = problem.name if problem is not None else None
    return facts


def write(record):
    line = json.dumps(record, sort_keys=True)
    if line not in seen:
        seen.add(line)
        with open(os.path.join(FOLDER, 'verdicts.jsonl'), 'a') as out:
            out.write(line + '\n')


def recording(function, kind):
    @functools.wraps(function)
    async def wrapper(embedded_sig, *args, **kwargs):
        context = args[0] if args else kwargs.get('signer_validation_context', kwargs.get('validation_context'))
        record = {
            'test': test_name,
            'kind': kind,
            'field': embedded_sig.field_name,
            'customised': sorted(k for k, v in kwargs.items() if k.endswith(('policy', 'settings')) and v is not None),
            'no_diff': bool(kwargs.get('skip_diff')),
            'encrypted': bool(embedded_sig.reader.encrypted),
        }
        try:
            record['file'] = kept(file_bytes(embedded_sig.reader), '.pdf')
            record.update(context_facts(context))
        except Exception as error:
            record['unrecorded'] = repr(error)
        try:
            status = await function(embedded_sig, *args, **kwargs)
        except Exception as error:
            write({**record, 'error': type(error).__name__ + ': ' + str(error)[:200]})
            raise
        write({**record, **status_facts(status)})
        return status

    return wrapper


for _name, _kind in (('async_validate_pdf_signature', 'signature'), ('async_validate_pdf_timestamp', 'timestamp')):
    _original = getattr(pdf_embedded, _name)
    _recorder = recording(_original, _kind)
    for _module in list(sys.modules.values()):
        if getattr(_module, '__name__', '').startswith('pyhanko') and getattr(_module, _name, None) is _original:
            setattr(_module, _name, _recorder)
