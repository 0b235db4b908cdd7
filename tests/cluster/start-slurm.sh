#!/usr/bin/env bash
# Start a SLURM of one node, this machine, to try profiles/slurm for real. Debian's packages, as root:
#   apt-get install --no-install-recommends slurm-wlm munge
#   tests/cluster/start-slurm.sh FOLDER [CORES]     logs and state go to FOLDER
#   tests/cluster/stop-slurm.sh FOLDER
set -euo pipefail
folder=$(realpath -m "$1") cores=${2:-$(nproc)} host=$(hostname -s)
mkdir -p "$folder/state" "$folder/spool" /etc/slurm /run/munge
# slurmd reads it from here whatever SLURM_CONF says.
cat > /etc/slurm/slurm.conf <<END
ClusterName=recount
SlurmctldHost=$host(127.0.0.1)
SlurmUser=root
AuthType=auth/munge
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SlurmdParameters=config_overrides
ReturnToService=2
MinJobAge=300
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
NodeName=$host NodeAddr=127.0.0.1 CPUs=$cores RealMemory=16000
PartitionName=all Nodes=$host Default=YES MaxTime=INFINITE State=UP
END
[ -f /etc/munge/munge.key ] || mungekey --create
pgrep -x munged > /dev/null || munged --force
slurmctld
slurmd
for _ in $(seq 60); do
  if sinfo --noheader --format=%T 2> /dev/null | grep -qE '^(idle|mixed|allocated)'; then exit 0; fi
  sleep 0.5
done
echo "SLURM does not come up: see $folder/*.log" >&2
exit 1
