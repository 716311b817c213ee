# Stands in for NixOS: <nixpkgs/nixos> evaluates the administrator's modules and builds a system out of what they say.
# Modules are merged as NixOS does: imports, mkIf, mkMerge, priorities, lists joined, contradictions and unknown options refused.
# Types are not checked, and there are few options; see options.nix.
{ configuration ? <nixos-config> }:
let
  pkgs = import ../. { };
  lib = pkgs.lib;

  load = module:
    let value = if builtins.isAttrs module || builtins.isFunction module then module else import module;
    in if builtins.isFunction value then value { inherit config lib options pkgs; } else value;
  gather = module:
    let loaded = load module;
    in [ loaded ] ++ builtins.concatMap gather (loaded.imports or [ ]);
  modules = builtins.concatMap gather [ ./options.nix ./services.nix configuration ];

  body = module: module.config or (builtins.removeAttrs module [ "imports" "options" ]);
  options = declarations (map (module: module.options or { }) modules);
  declarations = sets:
    let names = lib.unique (builtins.concatMap builtins.attrNames sets);
    in lib.genAttrs names (name:
      let found = map (set: set.${name}) (builtins.filter (set: set ? ${name}) sets);
      in if (builtins.head found)._type or "" == "option" then builtins.head found else declarations found);

  # what one definition says, once mkIf, mkMerge and mkOverride are taken off
  discharged = definition:
    let kind = if builtins.isAttrs definition then definition._type or "" else "";
    in
    if kind == "merge" then builtins.concatMap discharged definition.contents
    else if kind == "if" then
      map (one: one // { holds = [ definition.condition ] ++ one.holds; }) (discharged definition.content)
    else if kind == "override" then
      map (one: one // { inherit (definition) priority; }) (discharged definition.content)
    else [{ holds = [ ]; priority = 100; value = definition; }];
  wrapped = one: value:
    lib.mkIf (builtins.all (condition: condition) one.holds)
      (if one.priority == 100 then value else lib.mkOverride one.priority value);

  # the same where the conditions may be asked, and nothing be looked at under one that does not hold
  settled = definition:
    let kind = if builtins.isAttrs definition then definition._type or "" else "";
    in
    if kind == "merge" then builtins.concatMap settled definition.contents
    else if kind == "if" then (if definition.condition then settled definition.content else [ ])
    else if kind == "override" then
      map (one: one // { inherit (definition) priority; }) (settled definition.content)
    else [{ priority = 100; value = definition; }];

  # an option's value, or a set of options
  merged = path: option: definitions:
    if option._type or "" == "option" then
      value path (option.type.name or "") (definitions ++ lib.optional (option ? default) (lib.mkOverride 1500 option.default))
    else
      let
        found = builtins.concatMap discharged definitions;
        names = lib.unique (builtins.concatMap (one: builtins.attrNames one.value) found);
        unknown = builtins.filter (name: !(option ? ${name})) names;
        within = name: map (one: wrapped one one.value.${name}) (builtins.filter (one: one.value ? ${name}) found);
      in
      if unknown != [ ]
      then throw "The option `${builtins.concatStringsSep "." (path ++ [ (builtins.head unknown) ])}' does not exist."
      else builtins.mapAttrs (name: inner: merged (path ++ [ name ]) inner (within name)) option;

  value = path: type: definitions:
    let
      where = builtins.concatStringsSep "." path;
      holding = builtins.concatMap settled definitions;
      best = builtins.foldl' (least: one: if one.priority < least then one.priority else least) 10000 holding;
      values = map (one: one.value) (builtins.filter (one: one.priority == best) holding);
      first = builtins.head values;
    in
    if values == [ ] then throw "The option `${where}' is used but not defined."
    else if builtins.isAttrs first && !(first ? drvPath) then
      let
        all = builtins.filter (one: builtins.isAttrs one.value) holding;
        names = lib.unique (builtins.concatMap (one: builtins.attrNames one.value) all);
      in
      lib.filterAttrs (_: one: one != null) (lib.genAttrs names (name:
        let
          inner = map (one: if one.priority == 100 then one.value.${name} else lib.mkOverride one.priority one.value.${name})
            (builtins.filter (one: one.value ? ${name}) all);
        in
        if builtins.concatMap settled inner != [ ] then value (path ++ [ name ]) "" inner else null))
    else if builtins.isList first then builtins.concatLists values
    else if type == "lines" then builtins.concatStringsSep "\n" values
    else if builtins.all (one: one == first) values then first
    else throw "The option `${where}' has conflicting definition values: ${builtins.toJSON values}";

  config = merged [ ] options (map body modules);
  wrong = map (one: one.message) (builtins.filter (one: !one.assertion) config.assertions);
in
{
  inherit config options pkgs;
  system =
    if wrong != [ ] then throw "\nFailed assertions:\n- ${builtins.concatStringsSep "\n- " wrong}"
    else import ./system.nix { inherit config lib pkgs; };
}
