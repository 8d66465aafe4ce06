"""Make the first bkn account of a stage: `python -m infra.first_account LOGIN NAME`, the password on standard input.

Runs with registration's environment (infra/deploy.py prints it for a stage; the local cloud passes it on).
"""

import sys

from services.registration.accounts.create_first_bkn import create_first_bkn


def main() -> None:
    """Read the password so that it stands in no process list and no shell history."""
    login, name = sys.argv[1:3]
    create_first_bkn(login, name, sys.stdin.read().strip())


if __name__ == "__main__":
    main()
