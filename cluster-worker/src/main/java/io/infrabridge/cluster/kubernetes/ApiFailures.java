package io.infrabridge.cluster.kubernetes;

import io.infrabridge.contract.Category;
import io.infrabridge.contract.Failure;
import io.infrabridge.runtime.execution.ExecutionFailure;
import io.infrabridge.runtime.operation.ApiRequest;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Why a request got no answer, in words that help. */
record ApiFailures(ClusterConnection connection, ApiRequest request) {
    ExecutionFailure of(Throwable failure) {
        List<Throwable> causes = causes(failure);
        String what = "Cluster " + connection.facts().name() + " at "
                + connection.facts().endpoint();
        if (any(causes, SSLException.class)) {
            return failed(
                    what + " is not trusted, or does not trust this worker: " + last(causes),
                    "The certificates of the kubeconfig and of the server do not match; one may have expired.",
                    true);
        }
        if (any(causes, ConnectException.class)
                || any(causes, UnknownHostException.class)
                || any(causes, NoRouteToHostException.class)) {
            return failed(
                    what + " cannot be reached: " + last(causes),
                    "Is the server running, and may this worker connect to it?",
                    true);
        }
        if (any(causes, TimeoutException.class)) {
            return failed(
                    what + " did not answer within " + connection.limit().toSeconds() + " s.",
                    "The server is slow or the network drops packets; ask again later.",
                    looksOnly());
        }
        return failed(what + " broke the connection: " + last(causes), "Ask again.", looksOnly());
    }

    ExecutionFailure unauthorized() {
        return ExecutionFailure.before(
                Category.CLUSTER_REFUSED,
                "Cluster " + connection.facts().name() + " does not accept the credentials of "
                        + connection.user().orElse("the kubeconfig") + ".",
                "The token or certificate in its kubeconfig may have expired; a new file is read without a restart.");
    }

    ExecutionFailure cancelled() {
        return new ExecutionFailure(
                Failure.of(Category.CANCELLED, "Cancelled while the cluster was asked.", ""), looksOnly());
    }

    /** A change that was sent may be carried out although nobody waits for its answer. */
    private boolean looksOnly() {
        return request.method() == ApiRequest.Method.GET;
    }

    private static ExecutionFailure failed(String message, String hint, boolean stoppedForSure) {
        return new ExecutionFailure(Failure.of(Category.CLUSTER_UNREACHABLE, message, hint), stoppedForSure);
    }

    private static boolean any(List<Throwable> causes, Class<? extends Throwable> type) {
        return causes.stream().anyMatch(type::isInstance);
    }

    private static String last(List<Throwable> causes) {
        Throwable root = causes.get(causes.size() - 1);
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null && !causes.contains(cause); cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
