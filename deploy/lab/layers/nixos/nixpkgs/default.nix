# Stands in for nixpkgs: a few packages, each really built by nix, out of a script that tells its name and version.
{ ... }:
let
  practice = import ./versions.nix;

  package = pname: version: description: link:
    derivation {
      inherit pname version link;
      name = "${pname}-${version}";
      system = builtins.currentSystem;
      builder = "/bin/sh";
      args = [ ./build-package ];
    } // {
      inherit pname version;
      meta = { inherit description; name = "${pname}-${version}"; };
    };
  script = pname: version: description: package pname version description "";
  example = letter: script "infrabridge-practice-${letter}" practice "Practice package of the lab";
in
{
  lib = import ./lib.nix;

  infrabridge-hello = script "infrabridge-hello" practice "Practice package of the lab, with a service";
  infrabridge-practice-a = example "a";
  infrabridge-practice-b = example "b";
  infrabridge-practice-c = example "c";
  infrabridge-practice-d = example "d";
  infrabridge-practice-e = example "e";
  infrabridge-practice-broken = derivation {
    name = "infrabridge-practice-broken-1.0";
    pname = "infrabridge-practice-broken";
    version = "1.0";
    system = builtins.currentSystem;
    builder = "/bin/sh";
    args = [ "-c" "echo this package never builds >&2; exit 1" ];
  } // { version = "1.0"; meta.description = "Practice package that does not build"; };

  nginx = package "nginx" "1.24.0" "Reverse proxy and lightweight webserver (the lab host's own)" "/usr/sbin/nginx";
  postgresql = script "postgresql" "15.5" "A powerful, open source object-relational database system (only its name)";
  htop = script "htop" "3.2.2" "An interactive process viewer (only its name)";
  python311Packages = {
    recurseForDerivations = true;
    requests = script "python3.11-requests" "2.31.0" "HTTP library for Python (only its name)";
  };
}
