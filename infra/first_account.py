"""Invite somebody of bkn: `python -m infra.first_account [--stage dev] NIP NAME EMAIL`; prints the address to give him.

For the first two, who then invite all others, and for the day when nobody of bkn is left who could agree to a
recovery. With a stage it takes registration's environment from the deployed function; without one, from this process:
so does the local cloud.
"""

import argparse
import os

from infra.aws import REGION, Aws
from infra.deploy import Deployment
from services.registration.invitations.invite_first import invite_first


def main() -> None:
    """Print where the invitation is accepted, once, within 72 hours, with this NIP."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--stage")
    asked.add_argument("login", metavar="NIP")
    asked.add_argument("name", metavar="NAME")
    asked.add_argument("email", metavar="EMAIL")
    wanted = asked.parse_args()
    if wanted.stage:
        os.environ.update(deployed_environment(Deployment(Aws(), wanted.stage)))
    print(invite_first(wanted.login, wanted.name, wanted.email))


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
