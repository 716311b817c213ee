package io.infrabridge.trust.signature;

/** Whether somebody who is believed made a signature, and if not, why not. */
public sealed interface Verification {
    /** The key made it, over these very bytes for this very topic, and is valid now. */
    record Signed(TrustedKey key) implements Verification {}

    /**
     * Nothing that the record says may be acted upon.
     *
     * @param why one sentence; it repeats nothing that the sender chose, but for the id of a key that is listed
     */
    record NotBelieved(String why) implements Verification {}
}
