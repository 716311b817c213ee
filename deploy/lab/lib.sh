# Names, addresses and small functions that the lab's scripts share. Sourced, never run.
# shellcheck shell=bash disable=SC2034

LAB_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
LAB_CACHE=${LAB_CACHE:-/var/cache/infrabridge-lab}
LAB_STATE=${LAB_STATE:-/run/infrabridge-lab}
export LAB_CACHE LAB_STATE

CONTAINERS=(bastion app1 app2 nas1 rhel1 nixos1)
# What stands over the root filesystem that all share, by host; layers/ has one folder for each.
declare -A LAYER=([rhel1]=rhel [nixos1]=nixos)
# Where a client on this machine connects: loopback only. What has no entry lies behind the bastion.
# app2 also answers at two more addresses, so that inventory entries with another identity stay unambiguous.
declare -A ADDRESS=([bastion]=127.0.0.11 [app2]=127.0.0.12 [nas1]=127.0.0.13 [storage1]=127.0.0.14
  [deadhost]=127.0.0.15 [impostor]=127.0.0.16 [locked]=127.0.0.17)
declare -A PORT=([bastion]=2301 [app2]=2302 [nas1]=2303 [storage1]=2304
  [deadhost]=2305 [impostor]=2302 [locked]=2302)
# The network that the hosts share, inside namespaces only. GATE is where the connections of this machine enter it.
INNER_NETWORK=10.77.0.0/24
GATE=10.77.0.254
declare -A INNER=([bastion]=10.77.0.1 [app1]=10.77.0.2 [app2]=10.77.0.3 [nas1]=10.77.0.4 [rhel1]=10.77.0.5 [nixos1]=10.77.0.6)

# The same in IPv6.
inner6() { printf 'fd77::%s' "${1##*.}"; }

MOST_LIGHT=20

SSH_KEY=$LAB_STATE/id_ed25519
SSH_CONFIG=$LAB_STATE/ssh_config
KNOWN_HOSTS=$LAB_STATE/known_hosts
WRONG_KNOWN_HOSTS=$LAB_STATE/known_hosts.wrong

say() { printf '%s\n' "$*"; }
fail() { printf 'lab: %s\n' "$*" >&2; exit 1; }
unavailable() { printf 'lab not available: %s\n' "$*" >&2; exit 3; }

listed() { sed 's/#.*//' "$1" | xargs; }

need_root_on_debian() {
  local id=
  [[ -r /etc/os-release ]] && id=$(. /etc/os-release && printf %s "$ID")
  [[ $id == debian ]] || unavailable "this machine runs ${id:-an unknown system}, not Debian"
  ((EUID == 0)) || unavailable "it must run as root"
}

# One up or down at a time. Descriptor 9 holds the lock; spawn closes it for whatever outlives the script.
take_lock() {
  mkdir -p "$LAB_CACHE"
  exec 9>"$LAB_CACHE/lock"
  flock --timeout 600 9 || fail "another up or down has held $LAB_CACHE/lock for ten minutes"
}

# wait_until SECONDS WHAT COMMAND...: polls the condition, fails when the deadline has passed.
wait_until() {
  local deadline=$((SECONDS + $1)) what=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    ((SECONDS < deadline)) || { printf 'lab: gave up waiting: %s\n' "$what" >&2; return 1; }
    sleep 0.1
  done
}

# Every long-running process lives in a control group of the lab, so that it is ended by group, never by name.
control_groups() {
  local mount
  mount=$(findmnt --noheadings --first-only --output TARGET --types cgroup2) || return 1
  printf '%s/infrabridge-lab' "$mount"
}

# spawn GROUP COMMAND...: starts a program that outlives this script; its output goes to the state folder.
spawn() {
  local group name=$1
  group=$(control_groups)/$name
  shift
  mkdir -p "$group" "$LAB_STATE/log"
  # shellcheck disable=SC2016
  setsid bash -c 'echo $$ >"$0/cgroup.procs" && exec "$@"' "$group" "$@" \
    </dev/null >>"$LAB_STATE/log/$name.log" 2>&1 9>&- &
  wait_until 5 "$name starts, see $LAB_STATE/log/$name.log" group_alive "$name"
}

group_alive() { grep -q '^populated 1' "$(control_groups)/$1/cgroup.events" 2>/dev/null; }
group_empty() { ! group_alive "$1"; }

# Kills all processes of a control group and removes it.
end_group() {
  local group
  group=$(control_groups)/$1
  [[ -d $group ]] || return 0
  echo 1 >"$group/cgroup.kill"
  wait_until 10 "the processes of $1 end" group_empty "$1"
  find "$group" -depth -type d -exec rmdir {} +
}

# The light hosts: as many as LAB_LIGHT says, and those that were started before and not stopped.
LIGHT=()
groups=$(control_groups) || true
for ((number = 1; number <= MOST_LIGHT; number++)); do
  name=$(printf 'light%02d' "$number")
  ADDRESS[$name]=127.0.0.$((100 + number))
  PORT[$name]=$((2400 + number))
  INNER[$name]=10.77.0.$((100 + number))
  ((number > ${LAB_LIGHT:-0})) && [[ ! -d $groups/host-$name ]] || LIGHT+=("$name")
done
unset groups name number

HOSTS=("${CONTAINERS[@]}" "${LIGHT[@]}")

namespace() { printf 'lab-%s' "$1"; }
# family_of HOST: the word by which deploy/sudoers names its distribution.
family_of() { printf %s "${LAYER[$1]:-ubuntu}"; }

# layers_of HOST: the folders that make up its root filesystem, the uppermost first, as overlay takes them.
layers_of() {
  local layer=${LAYER[$1]:-}
  [[ -z $layer ]] || printf '%s/layers/%s.settings:%s/layers/%s.packages:' "$LAB_CACHE" "$layer" "$LAB_CACHE" "$layer"
  printf '%s/root' "$LAB_CACHE"
}

host_folder() { printf '%s/hosts/%s' "$LAB_CACHE" "$1"; }

unmount() { ! mountpoint --quiet "$1" || umount "$1"; }

answers_ssh() { ssh -F "$SSH_CONFIG" "$1" true; }

# mirror_of_this_machine SUITE: the one that this machine's own apt uses.
mirror_of_this_machine() {
  apt-get indextargets --format '$(REPO_URI)' "Codename: $1" "Component: main" "Created-By: Packages" | sed -n 1p
}
