package io.infrabridge.gateway.command;

import io.infrabridge.contract.OperationDescriptor;
import io.infrabridge.gateway.catalogue.Tool;
import io.infrabridge.gateway.policy.Explanation;
import io.infrabridge.gateway.policy.PolicyQuestions;
import io.infrabridge.gateway.policy.Question;
import io.infrabridge.gateway.problem.Outcome;
import io.infrabridge.gateway.security.Caller;
import jakarta.inject.Singleton;

/** Finds what a question about the policy means, as it would for an operation, and has it answered. */
@Singleton
public final class ExplainPolicy {
    private final RequestResolver resolver;
    private final PolicyQuestions questions;

    ExplainPolicy(RequestResolver resolver, PolicyQuestions questions) {
        this.resolver = resolver;
        this.questions = questions;
    }

    public Outcome<Explanation> explain(Question question, Caller caller) {
        return questions
                .required("tool", question.tool())
                .then(resolver::tool)
                .then(tool -> action(tool, question))
                .then(action -> resolver.target(action, question.target())
                        .then(target -> questions.answer(question, caller, action, target)));
    }

    private Outcome<OperationDescriptor> action(Tool tool, Question question) {
        if (question.action().isEmpty() && tool.actions().size() == 1) {
            return Outcome.passed(tool.actions().get(0));
        }
        return questions
                .required("action", question.action())
                .then(name -> tool.action(name)
                        .<Outcome<OperationDescriptor>>map(Outcome::passed)
                        .orElseGet(() -> Outcome.refused(ActionChoice.unknown(tool, name))));
    }
}
