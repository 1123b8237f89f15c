package io.omsbatch.core.internal.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.gateway.GatewayReply;
import io.omsbatch.api.outcome.Problem;
import io.omsbatch.api.outcome.ProblemCode;
import io.omsbatch.core.internal.call.CallResult;
import io.omsbatch.core.internal.call.CallTicket;
import io.omsbatch.core.internal.durable.CallVerdict.Kind;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("RUN-3: The verdict over a command's call")
class CallVerdictTest {

    private static CallVerdict of(@Nullable GatewayReply reply, @Nullable Throwable failure, boolean timedOut) {
        return CallVerdict.of(new CallResult<>(reply, failure, timedOut, 0, 15_000_000_000L, new CallTicket()));
    }

    @Test
    @DisplayName("done and accepted mean that an effect is to be looked for")
    void taken() {
        assertThat(of(GatewayReply.done(), null, false)).isEqualTo(new CallVerdict(Kind.DONE, null));
        assertThat(of(GatewayReply.accepted(), null, false)).isEqualTo(new CallVerdict(Kind.ACCEPTED, null));
    }

    @Test
    @DisplayName("a refusal is final unless its problem is retryable, and keeps the platform's words")
    void refused() {
        CallVerdict refused = of(GatewayReply.refused("GHANA-1", "no", "repair it"), null, false);
        assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
        assertThat(refused.problem()).isEqualTo(new Problem("GHANA-1", "no", "repair it", false));
        Problem later = new Problem("GHANA-OPERIE000000", "try again later", "", true);
        assertThat(of(new GatewayReply.Refused(later), null, false)).isEqualTo(new CallVerdict(Kind.TRANSIENT, later));
    }

    @Test
    @DisplayName("an exception of the gateway says itself whether there was an effect")
    void exceptions() {
        assertThat(of(null, GatewayException.rejected("C", "no", "repair it"), false))
                .isEqualTo(new CallVerdict(Kind.REFUSED, new Problem("C", "no", "repair it", false)));
        assertThat(of(null, GatewayException.transientFailure("busy", null), false))
                .isEqualTo(new CallVerdict(Kind.TRANSIENT, new Problem("TRANSIENT", "busy", "", true)));
        assertThat(of(null, GatewayException.ambiguous("cut", null), false))
                .isEqualTo(new CallVerdict(Kind.AMBIGUOUS, Problem.of(ProblemCode.REPLY_LOST, "cut")));
    }

    @Test
    @DisplayName("a timeout is ambiguous and says how long was waited")
    void timeout() {
        CallVerdict verdict = of(null, null, true);
        assertThat(verdict.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(verdict.problem())
                .isEqualTo(Problem.of(ProblemCode.CALL_TIMED_OUT, "the call did not return within 15000 ms"));
    }

    @Test
    @DisplayName("whatever else a gateway throws or returns is ambiguous, however hostile it is")
    void anythingElse() {
        Throwable hostile = new Throwable() {
            @Override
            public String getMessage() {
                throw new StackOverflowError();
            }
        };
        List<Throwable> failures = List.of(
                hostile,
                new IOException("evil\u001b[2J\n"),
                new StackOverflowError(),
                new InterruptedException(),
                new ClassCastException());
        for (Throwable failure : failures) {
            CallVerdict verdict = of(null, failure, false);
            assertThat(verdict.kind()).isEqualTo(Kind.AMBIGUOUS);
            assertThat(verdict.problem().code()).isEqualTo(ProblemCode.GATEWAY_BROKEN.name());
            assertThat(verdict.problem().message()).doesNotContain("\u001b", "\n");
        }
        CallVerdict nothing = of(null, null, false);
        assertThat(nothing.kind()).isEqualTo(Kind.AMBIGUOUS);
        assertThat(nothing.problem().message()).isEqualTo("the gateway returned null");
    }
}
