"""Make the first bkn account: `python -m infra.first_account [--stage dev] LOGIN NAME`, password on standard input.

With a stage it takes registration's environment from the deployed function; without one, from this process: so does
the local cloud.
"""

import argparse
import os
import sys

from infra.aws import REGION, Aws
from infra.deploy import Deployment
from services.registration.accounts.create_first_bkn import create_first_bkn


def main() -> None:
    """Read the password so that it stands in no process list and no shell history."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--stage")
    asked.add_argument("login")
    asked.add_argument("name")
    wanted = asked.parse_args()
    if wanted.stage:
        os.environ.update(deployed_environment(Deployment(Aws(), wanted.stage)))
    create_first_bkn(wanted.login, wanted.name, sys.stdin.read().strip())


def deployed_environment(deployment: Deployment) -> dict[str, str]:
    """The variables registration's API function runs with."""
    session = deployment.aws.session
    stack = session.client("cloudformation", endpoint_url=deployment.aws.endpoint)
    found = stack.describe_stack_resource(StackName=deployment.stack("registration"), LogicalResourceId="APIHandler")
    function = found["StackResourceDetail"]["PhysicalResourceId"]
    functions = session.client("lambda", endpoint_url=deployment.aws.endpoint)
    variables = functions.get_function_configuration(FunctionName=function)["Environment"]["Variables"]
    return {**variables, "AWS_DEFAULT_REGION": REGION}


if __name__ == "__main__":
    main()
