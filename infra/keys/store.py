"""Where the portal's secrets are kept: a versioned bucket outside all stacks, one object each (ADR 13).

What lies there is ciphertext: opening one takes `kms:Decrypt` with its purpose and stage as encryption context.
"""

import base64
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from infra.aws import Aws


class Value(BaseModel):
    """One value of a secret: KMS ciphertext in base64, and of a key pair the public half, PEM."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ciphertext: str
    public: str = ""


class Kept(BaseModel):
    """A secret. While it is rotated there is another value, which is accepted beside the current one.

    `turned`: since when the other one is the old one; None as long as it is the new one and not yet used.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    current: Value
    other: Value | None = None
    turned: datetime | None = None


@dataclass(frozen=True)
class Store:
    """The secrets of one stage."""

    aws: Aws
    bucket: str
    stage: str
    key_arn: str
    """The stage's KMS key."""

    def read(self, purpose: str) -> Kept | None:
        """What is kept for a purpose; None when nothing is."""
        try:
            answer = self.aws.s3.get_object(Bucket=self.bucket, Key=f"{purpose}.json")
        except self.aws.s3.exceptions.NoSuchKey:
            return None
        return Kept.model_validate_json(answer["Body"].read())

    def write(self, purpose: str, kept: Kept) -> None:
        """Keep this for a purpose; what was there before stays as an older version of the object."""
        body = kept.model_dump_json(indent=1).encode()
        self.aws.s3.put_object(Bucket=self.bucket, Key=f"{purpose}.json", Body=body, ContentType="application/json")

    def seal(self, purpose: str, plain: bytes) -> str:
        """A plaintext as ciphertext for this purpose."""
        sealed = self.aws.kms.encrypt(KeyId=self.key_arn, Plaintext=plain, EncryptionContext=self._context(purpose))
        return base64.b64encode(sealed["CiphertextBlob"]).decode()

    def open(self, purpose: str, value: Value) -> bytes:
        """The plaintext of a value.

        Raises:
            botocore.exceptions.ClientError: KMS refused: no right to, another context, or the key is gone.
        """
        blob = base64.b64decode(value.ciphertext)
        return self.aws.kms.decrypt(CiphertextBlob=blob, EncryptionContext=self._context(purpose))["Plaintext"]

    def random(self, purpose: str) -> str:
        """32 random bytes that leave KMS only encrypted."""
        made = self.aws.kms.generate_data_key_without_plaintext(
            KeyId=self.key_arn, NumberOfBytes=32, EncryptionContext=self._context(purpose)
        )
        return base64.b64encode(made["CiphertextBlob"]).decode()

    def _context(self, purpose: str) -> dict[str, str]:
        return {"purpose": purpose, "stage": self.stage}
