package io.infrabridge.nfs.export;

import io.infrabridge.exports.ListExports;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Offers the operations on exports here and only here: the other user of that library would offer them twice. */
@Singleton
final class ExportOperations {
    @Produces
    @Singleton
    ListExports listExports() {
        return new ListExports();
    }
}
