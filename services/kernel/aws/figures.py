"""CloudWatch: what was counted, a minute at a time. Figures are written as lines of the log (kernel/metrics.py)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from services.kernel.aws import clients
from services.kernel.log import LogLine, log

if TYPE_CHECKING:
    from mypy_boto3_cloudwatch.type_defs import (
        DimensionTypeDef,
        MetricDataQueryTypeDef,
        MetricStatTypeDef,
        MetricTypeDef,
    )

MINUTE = 60


@dataclass(frozen=True)
class Series:
    """One figure over time: where it is counted and of what."""

    namespace: str
    name: str
    dimensions: Mapping[str, str]


def sums(series: Mapping[str, Series], since: datetime, until: datetime) -> dict[str, dict[datetime, float]] | None:
    """The sum of each series in each minute that has one, by the minute's beginning; a name is a small word.

    Minutes in which nothing was told are missing, and so the last one or two of them for all: figures take so long.
    None when CloudWatch does not answer: whoever shows figures shows the rest without them.
    """
    queries = [_query(name, one) for name, one in series.items()]
    try:
        given = clients.cloudwatch().get_metric_data(MetricDataQueries=queries, StartTime=since, EndTime=until)
    except (BotoCoreError, ClientError) as failed:
        log(LogLine.FIGURES_AWAY, error=type(failed).__name__)
        return None
    found = {one["Id"]: dict(zip(one["Timestamps"], one["Values"], strict=True)) for one in given["MetricDataResults"]}
    return {name: found.get(name, {}) for name in series}


def _query(name: str, series: Series) -> "MetricDataQueryTypeDef":
    dimensions: list[DimensionTypeDef] = [{"Name": key, "Value": value} for key, value in series.dimensions.items()]
    metric: MetricTypeDef = {"Namespace": series.namespace, "MetricName": series.name, "Dimensions": dimensions}
    stat: MetricStatTypeDef = {"Metric": metric, "Period": MINUTE, "Stat": "Sum"}
    return {"Id": name, "MetricStat": stat}
