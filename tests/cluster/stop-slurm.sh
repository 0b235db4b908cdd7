#!/usr/bin/env bash
# Stop the SLURM that start-slurm.sh started with the same FOLDER.
set -uo pipefail
folder=$(realpath -m "$1")
for daemon in slurmd slurmctld; do
  if [ -f "$folder/$daemon.pid" ]; then kill "$(cat "$folder/$daemon.pid")"; fi
done
