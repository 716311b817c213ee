package io.infrabridge.runtime.disclosure;

import java.util.List;

/** Secrets that were made up for these tests, as programs print them; CANARY marks what must never be seen again. */
public final class Canaries {
    static final String JWT = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJDQU5BUlkifQ.CANARYc2lnbmF0dXJl";

    public static final List<String> TEXTS = List.of(
            "Authorization: Bearer CANARY0123456789abcdef",
            "authorization=\"Basic CANARYdXNlcjpwYXNz\"",
            "curl -H 'authorization: CANARY0123456789'",
            "bearer CANARY0123456789abcdef",
            "password=CANARY",
            "PASSWORD: CANARY",
            "db_password = \"CANARY with blanks\"",
            "{\"password\":\"CANARY\",\"user\":\"x\"}",
            "{'api_key': 'CANARY'}",
            "username=u,password=CANARY,vers=3.0",
            "passwd=CANARY",
            "pwd=CANARY;",
            "client_secret=CANARY&grant=x",
            "https://host/?access_token=CANARY&x=1",
            "API-KEY:CANARY",
            "token: CANARY",
            "    client-key-data: CANARYLS0tLS1CRUdJTg==",
            "mysql --password CANARY -u root",
            "https://user:CANARY@git.example.com/x.git",
            "redis://:CANARY@cache:6379",
            "aws_secret_access_key = CANARYwJalrXUtnFEMI",
            "AKIACANARY0123456789",
            "ghp_CANARY0123456789abcdefghijklmnopqrst",
            "glpat-CANARY0123456789abcd",
            "xoxb-CANARY-0123456789",
            "root:$6$CANARYsalt$CANARYhash0123456789abcdef:19000:0:99999:7:::",
            "-----BEGIN OPENSSH PRIVATE KEY-----\nCANARY\nCANARY\n-----END OPENSSH PRIVATE KEY-----\n",
            "-----BEGIN RSA PRIVATE KEY-----\nCANARY cut off",
            "pass\u001b[0mword=CANARY",
            "pass\u200bword=CANARY",
            "id_token " + JWT,
            JWT.substring(0, JWT.indexOf("CANARY")));

    private Canaries() {}

    public static boolean seenIn(String text) {
        return text.contains("CANARY") || text.contains("eyJhbGci");
    }
}
