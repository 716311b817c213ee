# What the module makes of the data beside it, on a host with a few options and packages. The functions of lib do what
# those of nixpkgs do, as far as the module needs them; what mkIf and mkOverride mark stays marked.
{ directory, nftables ? false }:

let
  lib = {
    mkOverride = priority: content: { _type = "override"; inherit priority content; };
    mkIf = condition: content: if condition then content else { _type = "absent"; };
    mapAttrs = builtins.mapAttrs;
    optional = condition: one: if condition then [ one ] else [ ];
    optionalString = condition: text: if condition then text else "";
    concatMap = builtins.concatMap;
    concatStringsSep = builtins.concatStringsSep;
    escapeShellArg = text: "'${builtins.replaceStrings [ "'" ] [ "'\\''" ] text}'";
    hasInfix = part: text: builtins.length (builtins.split (lib.literal part) text) > 1;
    literal = part: if part == ":" then part else throw "only a colon";
    splitString = dot: text:
      assert dot == ".";
      builtins.filter builtins.isString (builtins.split "[.]" text);
    attrByPath = path: default: set:
      if path == [ ] then set
      else if builtins.isAttrs set && set ? ${builtins.head path}
      then lib.attrByPath (builtins.tail path) default set.${builtins.head path}
      else default;
  };
  pkgs = {
    nginx = "nginx-1.24.0";
    postgresql = "postgresql-15.5";
    python311Packages.requests = "python3.11-requests-2.31.0";
  };
  options.services = {
    nginx.enable = { _type = "option"; };
    fstrim.interval = { _type = "option"; };
  };
  config.networking.nftables.enable = nftables;
in
import (/. + directory + "/infrabridge.nix") { inherit config lib options pkgs; }
