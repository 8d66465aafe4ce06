"""KMS behind plain functions. A context binds a ciphertext to its purpose (AWS KMS, "Encryption context")."""

from collections.abc import Mapping

from services.kernel.aws import clients


def decrypt(ciphertext: bytes, context: Mapping[str, str]) -> bytes:
    """The plaintext of something this stage's key encrypted under the same context."""
    return clients.kms().decrypt(CiphertextBlob=ciphertext, EncryptionContext=dict(context))["Plaintext"]


def new_data_key(key_arn: str, context: Mapping[str, str]) -> tuple[bytes, bytes]:
    """A fresh 32-byte key: (plaintext, ciphertext to store)."""
    made = clients.kms().generate_data_key(KeyId=key_arn, EncryptionContext=dict(context), KeySpec="AES_256")
    return made["Plaintext"], made["CiphertextBlob"]


def sign(key_arn: str, message: bytes) -> bytes:
    """An ECDSA signature (P-256, SHA-256; ASN.1 DER as in RFC 3279, section 2.2.3) by a key that never leaves KMS.

    KMS hashes the message itself, which it takes up to 4,096 bytes.
    """
    answer = clients.kms().sign(KeyId=key_arn, Message=message, MessageType="RAW", SigningAlgorithm="ECDSA_SHA_256")
    return answer["Signature"]
