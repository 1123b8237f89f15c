package io.omsbatch.examples.service.web;

import io.omsbatch.api.operation.Actor;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Knows who acts by the header that the gateway in front asserts. This service believes it, so it may be reached through that gateway
 * only, which must not let the header through from outside.
 */
final class ActorHeader implements HandlerInterceptor, HandlerMethodArgumentResolver {

    static final String NAME = "X-Actor";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String name = request.getHeader(NAME);
        if (name == null || name.isBlank()) {
            throw new Unnamed();
        }
        request.setAttribute(NAME, new Actor(name));
        return true;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Actor.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return Objects.requireNonNull(request.getAttribute(NAME, RequestAttributes.SCOPE_REQUEST));
    }
}
