# The services that there are modules for, and the firewall, whose script has the chains that NixOS gives it.
{ config, lib, pkgs, ... }:
let
  firewall = config.networking.firewall;
  port = protocol: number: "ip46tables -A nixos-fw -p ${protocol} --dport ${toString number} -j nixos-fw-accept";
  range = protocol: one: port protocol "${toString one.from}:${toString one.to}";
  functions = ''
    #!/bin/sh -e
    PATH=/run/current-system/sw/bin
    ip46tables() { iptables -w "$@"; ip6tables -w "$@"; }
  '';
  clear = ''
    ip46tables -D INPUT -j nixos-fw 2>/dev/null || true
    for chain in nixos-fw nixos-fw-accept nixos-fw-log-refuse nixos-fw-refuse; do
      ip46tables -F "$chain" 2>/dev/null || true
    done
    for chain in nixos-fw nixos-fw-log-refuse nixos-fw-accept nixos-fw-refuse; do
      ip46tables -X "$chain" 2>/dev/null || true
    done
  '';
  start = functions + clear + ''
    ip46tables -N nixos-fw-accept
    ip46tables -A nixos-fw-accept -j ACCEPT
    ip46tables -N nixos-fw-refuse
    ip46tables -A nixos-fw-refuse -j DROP
    ip46tables -N nixos-fw-log-refuse
    ip46tables -A nixos-fw-log-refuse -j nixos-fw-refuse
    ip46tables -N nixos-fw
    ip46tables -A nixos-fw -i lo -j nixos-fw-accept
    ip46tables -A nixos-fw -m conntrack --ctstate ESTABLISHED,RELATED -j nixos-fw-accept
  '' + lib.concatMapStrings (line: line + "\n") (
    map (port "tcp") firewall.allowedTCPPorts
    ++ map (range "tcp") firewall.allowedTCPPortRanges
    ++ map (port "udp") firewall.allowedUDPPorts
    ++ map (range "udp") firewall.allowedUDPPortRanges
    ++ lib.optional firewall.allowPing "iptables -w -A nixos-fw -p icmp --icmp-type echo-request -j nixos-fw-accept"
    # neighbours have to be found before anybody can be reached
    ++ [ "ip6tables -w -A nixos-fw -p icmpv6 -j nixos-fw-accept" ]
  ) + firewall.extraCommands + ''

    ip46tables -A nixos-fw -j nixos-fw-log-refuse
    ip46tables -A INPUT -j nixos-fw
  '';
  stop = functions + clear + firewall.extraStopCommands;

  daemon = description: command: {
    inherit description;
    wantedBy = [ "multi-user.target" ];
    serviceConfig.ExecStart = command;
  };
in
{
  networking.firewall.allowedTCPPorts = lib.mkIf config.services.openssh.enable [ 22 ];

  systemd.services = {
    firewall = lib.mkIf firewall.enable {
      description = "Firewall";
      wantedBy = [ "multi-user.target" ];
      reloadIfChanged = true;
      scripts = { inherit start stop; };
    };
    nginx = lib.mkIf config.services.nginx.enable (daemon "Nginx Web Server" "/usr/sbin/nginx -g 'daemon off;'");
    postgresql = lib.mkIf config.services.postgresql.enable (daemon "PostgreSQL Server (only its name)" "/bin/sleep infinity");
    infrabridge-hello = lib.mkIf config.services.infrabridge-hello.enable
      (daemon "Infrabridge hello, a service to practise on" "/bin/sleep infinity");
  };
  environment.systemPackages = lib.optional config.services.nginx.enable pkgs.nginx
    ++ lib.optional config.services.postgresql.enable pkgs.postgresql;
}
