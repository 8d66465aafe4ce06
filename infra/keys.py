"""The functions' own keys: made once under the KMS key, carried as ciphertexts in the stacks' parameters.

Who holds the template's parameters holds nothing: opening a ciphertext needs kms:Decrypt with the same context.
"""

import base64
from collections.abc import Mapping

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from infra.aws import Aws

_RANDOM = {"LookupKey": "lookup", "CaptchaKey": "captcha", "FilesKey": "files"}
"""32 random bytes each, by what they are for."""
_PAIR = ("SessionKey", "SessionPublicKey")
NAMES = (*_RANDOM, *_PAIR)


def ensure(aws: Aws, stage: str, key_arn: str, deployed: Mapping[str, str]) -> dict[str, str]:
    """The parameters `NAMES`: those of the last deployment, and new ones where there was none.

    A new lookup key would lose every person, a new session key every session.

    Args:
        aws: where.
        stage: part of the encryption context.
        key_arn: the KMS key.
        deployed: the parameters of the running stack, empty at the first deployment.
    """
    random = {name: deployed.get(name) or _random(aws, stage, key_arn, purpose) for name, purpose in _RANDOM.items()}
    if all(deployed.get(name) for name in _PAIR):
        return random | {name: deployed[name] for name in _PAIR}
    return random | _session_pair(aws, stage, key_arn)


def _session_pair(aws: Aws, stage: str, key_arn: str) -> dict[str, str]:
    private = ec.generate_private_key(ec.SECP256R1())
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return {
        "SessionKey": _sealed(aws, stage, key_arn, "session", pem),
        "SessionPublicKey": public.decode().strip().replace("\n", "\\n"),
    }


def _random(aws: Aws, stage: str, key_arn: str, purpose: str) -> str:
    """32 random bytes that leave KMS only encrypted."""
    made = aws.kms.generate_data_key_without_plaintext(
        KeyId=key_arn, NumberOfBytes=32, EncryptionContext={"purpose": purpose, "stage": stage}
    )
    return base64.b64encode(made["CiphertextBlob"]).decode()


def _sealed(aws: Aws, stage: str, key_arn: str, purpose: str, plaintext: bytes) -> str:
    sealed = aws.kms.encrypt(KeyId=key_arn, Plaintext=plaintext, EncryptionContext={"purpose": purpose, "stage": stage})
    return base64.b64encode(sealed["CiphertextBlob"]).decode()
