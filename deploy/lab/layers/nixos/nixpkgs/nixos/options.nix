# The options that there are; an unknown one is refused as on NixOS.
{ lib, ... }:
let
  of = default: lib.mkOption { inherit default; };
  lines = lib.mkOption { default = ""; type = lib.types.lines; };
in
{
  options = {
    assertions = of [ ];
    boot.kernel.sysctl = of { };
    environment = {
      etc = of { };
      systemPackages = of [ ];
    };
    networking = {
      hostName = of "nixos";
      nftables.enable = of false;
      firewall = {
        enable = of true;
        allowPing = of true;
        allowedTCPPorts = of [ ];
        allowedUDPPorts = of [ ];
        allowedTCPPortRanges = of [ ];
        allowedUDPPortRanges = of [ ];
        extraCommands = lines;
        extraStopCommands = lines;
      };
    };
    services = {
      openssh.enable = of false;
      nginx.enable = of false;
      postgresql.enable = of false;
      infrabridge-hello.enable = of false;
    };
    systemd.services = of { };
    system.stateVersion = of "23.11";
    time.timeZone = of null;
  };
}
