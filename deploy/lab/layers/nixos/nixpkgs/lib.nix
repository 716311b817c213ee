# Stands in for nixpkgs' lib: the functions that modules use, under their names and with their meaning.
let
  lib = rec {
    inherit (builtins) all any attrNames attrValues concatLists concatMap concatStringsSep elem filter foldl' genList hasAttr head
      isAttrs isBool isInt isList isString length listToAttrs map mapAttrs readFile replaceStrings tail toJSON;

    mkIf = condition: content: { _type = "if"; inherit condition content; };
    mkMerge = contents: { _type = "merge"; inherit contents; };
    mkOverride = priority: content: { _type = "override"; inherit priority content; };
    mkForce = mkOverride 50;
    mkDefault = mkOverride 1000;
    mkOption = option: option // { _type = "option"; };
    mkEnableOption = name: mkOption { default = false; description = "Whether to enable ${name}."; };

    optional = condition: one: if condition then [ one ] else [ ];
    optionals = condition: many: if condition then many else [ ];
    optionalString = condition: text: if condition then text else "";
    optionalAttrs = condition: set: if condition then set else { };
    singleton = one: [ one ];
    unique = foldl' (seen: one: if elem one seen then seen else seen ++ [ one ]) [ ];
    flatten = value: if isList value then concatMap flatten value else [ value ];

    nameValuePair = name: value: { inherit name value; };
    mapAttrsToList = f: set: map (name: f name set.${name}) (attrNames set);
    mapAttrs' = f: set: listToAttrs (mapAttrsToList f set);
    filterAttrs = f: set: listToAttrs (concatMap
      (name: optional (f name set.${name}) (nameValuePair name set.${name}))
      (attrNames set));
    genAttrs = names: f: listToAttrs (map (name: nameValuePair name (f name)) names);
    attrByPath = path: default: set:
      if path == [ ] then set
      else if isAttrs set && set ? ${head path} then attrByPath (tail path) default set.${head path}
      else default;
    hasAttrByPath = path: set: path == [ ] || (isAttrs set && set ? ${head path} && hasAttrByPath (tail path) set.${head path});
    setAttrByPath = path: value: if path == [ ] then value else { ${head path} = setAttrByPath (tail path) value; };

    concatMapStringsSep = separator: f: list: concatStringsSep separator (map f list);
    concatStrings = concatStringsSep "";
    concatMapStrings = f: list: concatStrings (map f list);
    escape = characters: replaceStrings characters (map (one: "\\${one}") characters);
    escapeShellArg = text: "'${replaceStrings [ "'" ] [ "'\\''" ] (toString text)}'";
    escapeShellArgs = concatMapStringsSep " " escapeShellArg;
    splitString = separator: text:
      filter isString (builtins.split (quoted separator) text);
    quoted = text: concatStrings (map
      (one: if builtins.match "[a-zA-Z0-9 ]" one == null then "[${one}]" else one)
      (genList (at: builtins.substring at 1 text) (builtins.stringLength text)));
    hasInfix = part: text: length (builtins.split (quoted part) text) > 1;
    hasPrefix = part: text: builtins.substring 0 (builtins.stringLength part) text == part;
    importJSON = file: builtins.fromJSON (readFile file);

    # only so that options can be declared with a type; it is not checked
    types = genAttrs [ "bool" "int" "str" "lines" "path" "port" "package" "attrs" "anything" ] (name: { inherit name; })
      // genAttrs [ "listOf" "attrsOf" "nullOr" "enum" "submodule" ] (name: of: { inherit name of; });
  };
in
lib
