# The system that is built: programs under sw/bin, files for /etc with the units among them, and what switches to it.
{ config, lib, pkgs }:
let
  file = name: text: derivation {
    inherit name text;
    passAsFile = [ "text" ];
    system = builtins.currentSystem;
    builder = "/bin/sh";
    # nix kills a builder that has closed its output and not ended yet, as install does for a moment: the shell stays
    args = [ "-c" "/usr/bin/install -m 0755 -T -- \"$textPath\" \"$out\"; exit $?" ];
  };

  script = unit: name: text: file "${unit}-${name}" text;
  section = title: settings: "[${title}]\n" + lib.concatStrings (lib.mapAttrsToList (name: value: "${name}=${toString value}\n") settings);
  unit = name: service: file "unit-${name}.service" (
    section "Unit" ({ Description = service.description or name; }
      // lib.optionalAttrs (service.reloadIfChanged or false) { "X-ReloadIfChanged" = "true"; })
    + section "Service" (
      if service ? scripts then {
        Type = "oneshot";
        RemainAfterExit = "yes";
        ExecStart = script name "start" service.scripts.start;
        ExecReload = script name "start" service.scripts.start;
        ExecStop = script name "stop" service.scripts.stop;
      } else service.serviceConfig
    )
  );

  services = config.systemd.services;
  enabled = service: service.enable or true;
  # a service of which only wantedBy is said has its unit elsewhere
  own = lib.filterAttrs (_: service: enabled service && (service ? serviceConfig || service ? scripts)) services;
  masked = lib.filterAttrs (_: service: !enabled service) services;
  wanted = lib.filterAttrs (_: service: (service.wantedBy or [ ]) != [ ]) services;
  sysctl = lib.concatStrings (lib.mapAttrsToList (key: value: "${key}=${toString value}\n") config.boot.kernel.sysctl);
  etc = lib.filterAttrs (_: one: one ? text || one ? source) config.environment.etc // { "sysctl.d/60-nixos.conf".text = sysctl; };
in
derivation {
  name = "nixos-system-${config.networking.hostName}-${config.system.stateVersion}.lab";
  system = builtins.currentSystem;
  builder = "/bin/bash";
  args = [ ./build-system ];
  activate = ./activate;
  switch = ./switch-to-configuration;

  path = derivation {
    name = "system-path";
    system = builtins.currentSystem;
    builder = "/bin/bash";
    args = [ ./build-path ];
    packages = config.environment.systemPackages;
  };
  hostName = config.networking.hostName;
  timeZone = if config.time.timeZone == null then "" else config.time.timeZone;
  units = lib.mapAttrsToList (name: service: "${name}.service=${unit name service}") own
    ++ lib.mapAttrsToList (name: _: "${name}.service=/dev/null") masked;
  wants = lib.concatLists (lib.mapAttrsToList (name: service: map (target: "${target}.wants/${name}.service") service.wantedBy) wanted);
  files = lib.mapAttrsToList (name: one: "${name}=${one.source or (file (baseNameOf name) one.text)}") etc;
  modes = lib.mapAttrsToList (name: one: "${name}=${one.mode}") (lib.filterAttrs (_: one: one.mode or "symlink" != "symlink") etc);
}
