package io.infrabridge.contract;

import java.util.List;

/**
 * A worker's word that an operation draws on allowances which all workers share. Its place in the topic decides whether
 * there was room; the worker reads it back and knows. A second one for the same operation counts nothing.
 *
 * @param operation the operation's issuer and id, joined by a slash
 * @param domain the worker's domain
 */
public record Reservation(String operation, String domain, List<Charge> charges) {
    public Reservation {
        Require.text(operation, "operation", 512);
        Require.id(domain, "domain");
        charges = Require.list(charges);
        if (charges.isEmpty()) {
            throw new InvalidContract("charges", "is empty");
        }
    }

    /**
     * One operation on one account, for the time in which the reservation was appended. Terms are told, not looked up, so that
     * everybody who reads it counts the same whatever policy he has.
     *
     * @param rule the rule that counts
     * @param account what is counted together: the rule and, where it counts them apart, the domain or caller
     * @param most how many operations the account has in one of its times
     * @param span how long such a time is: an ISO-8601 duration such as PT1H, counted from 1970, or a time zone for its days
     */
    public record Charge(String rule, String account, int most, String span) {
        public Charge {
            Require.text(rule, "rule", 256);
            Require.text(account, "account", 1000);
            if (most < 1) {
                throw new InvalidContract("most", "must be at least 1");
            }
            Require.text(span, "span", 64);
        }
    }
}
