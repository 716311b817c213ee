# Lets Infrabridge declare things on a NixOS host. Copy it to /etc/nixos and import it once in configuration.nix:
#   imports = [ ./hardware-configuration.nix ./infrabridge.nix ];
# What is declared stands in infrabridge.json beside it, as data; this file is the same on every host and is compared.
{ config, lib, options, pkgs, ... }:

let
  data = ./infrabridge.json;
  text = if builtins.pathExists data then builtins.readFile data else "{}";
  declared = builtins.fromJSON text;

  # stronger than a plain definition, weaker than the administrator's mkForce
  declare = lib.mkOverride 60;

  package = name:
    lib.attrByPath (lib.splitString "." name) (throw "infrabridge: nixpkgs has no package ${name}") pkgs;

  # what NixOS configures by a module of its own, such as services.nginx
  module = name: enabled:
    if options.services ? ${name} && options.services.${name} ? enable
    then { enable = declare enabled; }
    else throw "infrabridge: NixOS has no option services.${name}.enable";

  # a unit that exists anyway: whether it is started at boot
  atBoot = enabled: { wantedBy = declare (lib.optional enabled "multi-user.target"); };
  units = declared.units or { };
  # NixOS links what is not enabled to /dev/null, which systemd calls masked
  masked = declared.masked or [ ];
  unit = name:
    (if units ? ${name} then atBoot units.${name} else { })
    // (if builtins.elem name masked then { enable = declare false; } else { });

  form = pattern: value:
    if builtins.isString value && builtins.match pattern value != null
    then value
    else throw "infrabridge: not understood: ${builtins.toJSON value}";

  # copies of what is in the store, because only these have a mode; they belong to root
  file = name: one: { text = declare one.text; mode = declare (form "0[0-7]{3}" one.mode); };

  rules = declared.firewall or [ ];
  port = value:
    if builtins.isInt value && value > 0 && value < 65536
    then value
    else throw "infrabridge: not a port: ${builtins.toJSON value}";
  first = rule: port rule.first_port;
  last = rule: port (rule.last_port or rule.first_port);
  action = rule: form "allow|deny|reject" rule.action;
  inwards = rule: form "in|out" rule.direction == "in";
  protocols = rule:
    let name = form "tcp|udp|any" rule.protocol;
    in if name != "any" then [ name ] else if rule ? first_port then [ "tcp" "udp" ] else [ "" ];

  # what NixOS has an option for, and what it takes a command for
  plain = rule: action rule == "allow" && inwards rule && rule ? first_port && !(rule ? source);
  ranges = protocol:
    map (rule: { from = first rule; to = last rule; })
      (builtins.filter (rule: plain rule && builtins.elem protocol (protocols rule)) rules);
  special = builtins.filter (rule: !plain rule) rules;

  # new connections only: what is established goes on, and the host may always talk to itself
  command = rule: protocol:
    let
      source = form "[0-9a-fA-F.:]+(/[0-9]{1,3})?" rule.source;
      family =
        if !(rule ? source) then "ip46tables"
        else if lib.hasInfix ":" source then "ip6tables" else "iptables";
      place =
        if !inwards rule then "-A infrabridge-out"
        else if action rule == "allow" then "-A nixos-fw" else "-I nixos-fw";
      target =
        if action rule == "deny" then "DROP"
        else if action rule == "reject" then "REJECT"
        else if inwards rule then "nixos-fw-accept" else "ACCEPT";
    in
    lib.concatStringsSep " " (
      [ family place "!" (if inwards rule then "-i" else "-o") "lo" "-m conntrack --ctstate NEW" ]
      ++ lib.optional (protocol != "") "-p ${protocol}"
      ++ lib.optional (rule ? first_port) "--dport ${toString (first rule)}:${toString (last rule)}"
      ++ lib.optional (rule ? source) "-s ${source}"
      ++ lib.optional (rule ? comment) "-m comment --comment ${lib.escapeShellArg rule.comment}"
      ++ [ "-j ${target}" ]
    );
  commands = [
    "ip46tables -N infrabridge-out"
    "ip46tables -A OUTPUT -j infrabridge-out"
  ] ++ lib.concatMap (rule: map (command rule) (protocols rule)) special;

  # also where no rule is left, because a reload of the firewall keeps what it does not know
  clear = ''
    ip46tables -D OUTPUT -j infrabridge-out 2> /dev/null || true
    ip46tables -F infrabridge-out 2> /dev/null || true
    ip46tables -X infrabridge-out 2> /dev/null || true
  '';
  iptables = !(config.networking.nftables.enable or false);
in
{
  environment.systemPackages = map package (declared.packages or [ ]);

  services = lib.mapAttrs module (declared.services or { });
  systemd.services = builtins.listToAttrs
    (map (name: { inherit name; value = unit name; }) (builtins.attrNames units ++ masked));

  networking = {
    hostName = lib.mkIf (declared ? host_name) (declare (declared.host_name or ""));
    firewall = {
      allowedTCPPortRanges = ranges "tcp";
      allowedUDPPortRanges = ranges "udp";
      extraCommands = lib.mkIf iptables
        (clear + lib.optionalString (special != [ ]) (lib.concatStringsSep "\n" commands + "\n"));
      extraStopCommands = lib.mkIf iptables clear;
    };
  };
  time.timeZone = lib.mkIf (declared ? time_zone) (declare (declared.time_zone or null));

  assertions = [
    {
      assertion = special == [ ] || iptables;
      message = "infrabridge: with networking.nftables only rules that allow a port from everywhere can be declared";
    }
  ];

  boot.kernel.sysctl = lib.mapAttrs (name: declare) (declared.sysctl or { });

  # the running system says what it was built from
  environment.etc = lib.mapAttrs file (declared.files or { }) // { "infrabridge/active.json".text = text; };
}
