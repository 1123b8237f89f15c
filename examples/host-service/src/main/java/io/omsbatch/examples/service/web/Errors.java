package io.omsbatch.examples.service.web;

import io.omsbatch.api.InvalidInputException;
import io.omsbatch.api.Limits;
import io.omsbatch.api.SafeText;
import io.omsbatch.api.engine.PlanRefusedException;
import io.omsbatch.api.gateway.GatewayException;
import io.omsbatch.api.journal.JournalException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;

/** Says every failure as a problem of RFC 9457, with a code for programs. */
@RestControllerAdvice
class Errors extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);

    @ExceptionHandler
    ProblemDetail invalid(InvalidInputException broken) {
        ProblemDetail problem = problem(HttpStatus.BAD_REQUEST, "INVALID_INPUT", broken);
        String field = broken.field();
        problem.setProperty("field", field.substring(field.lastIndexOf('.') + 1));
        return problem;
    }

    @ExceptionHandler
    ResponseEntity<ProblemDetail> unnamed(Unnamed unnamed) {
        return ResponseEntity.status(HttpStatus.UNAUTHORIZED)
                .header(HttpHeaders.WWW_AUTHENTICATE, "Gateway")
                .body(problem(HttpStatus.UNAUTHORIZED, "NO_ACTOR", unnamed));
    }

    @ExceptionHandler
    ProblemDetail denied(Denied denied) {
        return problem(HttpStatus.FORBIDDEN, "DENIED", denied);
    }

    @ExceptionHandler
    ProblemDetail notThere(NotThere absent) {
        return problem(HttpStatus.NOT_FOUND, "NOT_FOUND", absent);
    }

    @ExceptionHandler
    ProblemDetail notNow(NotNow early) {
        return problem(HttpStatus.CONFLICT, early.code(), early);
    }

    @ExceptionHandler
    ProblemDetail refused(PlanRefusedException refused) {
        HttpStatus status = switch (refused.why()) {
            case NO_SUCH_PLAN -> HttpStatus.NOT_FOUND;
            case EXPIRED, OTHER_OPERATION, OTHER_PLATFORM, REQUEST_CONFLICT -> HttpStatus.CONFLICT;
            case APPROVAL_NEEDED, NOT_APPROVED -> HttpStatus.FORBIDDEN;
            case ENGINE_CLOSED -> HttpStatus.SERVICE_UNAVAILABLE;
        };
        ProblemDetail problem = problem(status, refused.why().name(), refused);
        problem.setProperty("remedy", refused.why().remedy());
        return problem;
    }

    @ExceptionHandler
    ProblemDetail journal(JournalException failure) {
        HttpStatus status = switch (failure.kind()) {
            case NO_SUCH_RUN -> HttpStatus.NOT_FOUND;
            case FENCED -> HttpStatus.CONFLICT;
            case UNAVAILABLE, IN_DOUBT, CLOSED -> HttpStatus.SERVICE_UNAVAILABLE;
            case UNREADABLE -> HttpStatus.INTERNAL_SERVER_ERROR;
        };
        LOG.warn("The journal failed", failure);
        return problem(status, "JOURNAL_" + failure.kind(), failure);
    }

    @ExceptionHandler
    ProblemDetail platform(GatewayException failure) {
        LOG.warn("The platform failed", failure);
        return problem(HttpStatus.SERVICE_UNAVAILABLE, "PLATFORM_" + failure.code(), failure);
    }

    @ExceptionHandler
    ProblemDetail defect(RuntimeException defect) {
        LOG.error("A request failed", defect);
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR, "the request failed; the log of the service says why");
        problem.setProperty("code", "DEFECT");
        return problem;
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException broken, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        Throwable cause = broken.getMostSpecificCause();
        boolean large = cause instanceof StreamConstraintsException;
        String why = cause instanceof JacksonException jackson ? jackson.getOriginalMessage() : "it cannot be read";
        HttpStatus answer = large ? HttpStatus.CONTENT_TOO_LARGE : HttpStatus.BAD_REQUEST;
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                answer, "the body is no request: " + SafeText.escape(String.valueOf(why), Limits.NAME_LENGTH));
        problem.setProperty("code", large ? "TOO_LARGE" : "UNREADABLE");
        return ResponseEntity.status(answer).body(problem);
    }

    private static ProblemDetail problem(HttpStatus status, String code, Exception cause) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(
                status, SafeText.escape(String.valueOf(cause.getMessage()), Limits.MESSAGE_LENGTH));
        problem.setProperty("code", code);
        return problem;
    }
}
