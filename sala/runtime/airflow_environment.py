"""The environment of every Airflow process, from one function.

`sala run`, the tests and `sala airflow …`, which the containers of docker-compose.yml run, take it from here.
"""

import base64
import json
import os
from pathlib import Path

from sala.runtime import embedded_postgres
from sala.secret import AIRFLOW_SERVICE, airflow_service_password, key, write_private
from sala.settings import REPOSITORY, settings

USER = "sala"

# What differs from Airflow's defaults, with reasons. A variable of the same name in our own environment wins.
SETTINGS = {
    "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
    "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
    # Asking DNS for the full name, which is the default, takes seconds on a machine without a network.
    "AIRFLOW__CORE__HOSTNAME_CALLABLE": "socket.gethostname",
    # Twice the cores of a small machine: half of a task is waiting for Postgres and the API server.
    "AIRFLOW__CORE__PARALLELISM": "4",
    # A chain of five DAGs takes 6.4 s with the default of 1 s, 2.5 s with 0.25 s; below that nothing is won,
    # and each halving costs twice the CPU (20 % of a core at 0.1 s).
    "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.2",
    # After a kill, tasks of the dead scheduler are taken over within a minute, not after five.
    "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "10",
    # A scheduler that is gone so long is dead: its tasks are done anew. It says every 5 s that it lives.
    "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_THRESHOLD": "20",
    # So is a task, which says so every 3 s; with the default of 300 s a period waited so long for a killed one.
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "15",
    "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "3",
    "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "3",
    # On two busy cores the API server can take longer than the default of 5 s.
    "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "30",
    # DAG files change with a deployment, not by the minute.
    "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "300",
    "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
    "AIRFLOW__DAG_PROCESSOR__PRINT_STATS_INTERVAL": "0",
    "GX_ANALYTICS_ENABLED": "False",
}


def airflow_environment(database_url: str | None = None, port: int | None = None) -> dict[str, str]:
    """The whole environment for Airflow's processes, ours included.

    `database_url` is the metadata database, `port` the API server's, for those who know better than the
    settings. Makes `SALA_HOME/airflow`, and in it the password file, when they are not there yet.
    """
    home = settings().home / "airflow"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    chosen = settings()
    database_url = database_url or chosen.airflow_database_url or embedded_postgres.start().airflow_url
    port = port or chosen.airflow_port
    url = chosen.airflow_url or f"http://127.0.0.1:{port}"

    ours = {
        "SALA_HOME": str(settings().home),
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(REPOSITORY / "dags"),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(settings().home / "logs" / "airflow"),
        "AIRFLOW__LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": str(
            settings().home / "logs" / "airflow" / "dag_processor"
        ),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database_url,
        "AIRFLOW__API__HOST": chosen.host,
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{url}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin,{AIRFLOW_SERVICE}:user",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_password_file(home)),
        "AIRFLOW__CORE__FERNET_KEY": base64.urlsafe_b64encode(key("fernet")).decode(),
        "AIRFLOW__API__SECRET_KEY": key("sessions").hex(),
        "AIRFLOW__API_AUTH__JWT_SECRET": key("tokens").hex(),
        # Our packages, and the airflow_local_settings that Airflow imports first.
        "PYTHONPATH": os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "dags" / "config")]),
        "PYTHONUNBUFFERED": "1",  # the last words of a process reach its log
        # Tasks reach the API server directly, whatever proxy the machine uses.
        "NO_PROXY": ",".join(filter(None, [os.environ.get("NO_PROXY"), "127.0.0.1,localhost"])),
        **_executor(database_url),
    }
    # Imports without bytecode double the start of each process.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**SETTINGS, **inherited, **ours}


def airflow_password() -> str:
    """The password of Airflow's user `sala`."""
    given = settings().airflow_password
    return given.get_secret_value() if given else key("password").hex()[:20]


def _executor(database_url: str) -> dict[str, str]:
    broker = settings().broker_url
    if not broker:
        return {"AIRFLOW__CORE__EXECUTOR": "LocalExecutor"}
    return {
        "AIRFLOW__CORE__EXECUTOR": "CeleryExecutor",
        "AIRFLOW__CELERY__BROKER_URL": broker,
        "AIRFLOW__CELERY__RESULT_BACKEND": f"db+{database_url}",
    }


def _password_file(home: Path) -> Path:
    path = home / "passwords.json"
    wanted = json.dumps({USER: airflow_password(), AIRFLOW_SERVICE: airflow_service_password()}) + "\n"
    if not path.exists() or path.read_text() != wanted:
        write_private(path, wanted)
    return path
