# What the administrator of this host has declared himself.
{ config, lib, pkgs, ... }:
{
  imports = [ ./hardware-configuration.nix ./infrabridge.nix ];

  networking.hostName = "nixos1";
  services.openssh.enable = true;

  # a service that is there, but not started at boot
  systemd.services.practice = {
    description = "A service to practise on";
    serviceConfig.ExecStart = "/bin/sleep infinity";
  };

  system.stateVersion = "23.11";
}
