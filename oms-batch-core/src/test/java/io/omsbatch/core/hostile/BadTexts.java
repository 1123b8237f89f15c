package io.omsbatch.core.hostile;

import java.util.List;

/** Texts that no caller and no platform should send. */
final class BadTexts {

    /** Ten million characters, the first of which needs escaping. */
    static final String HUGE = "\u001b" + "x".repeat(10_000_000);

    static final String FORGED = "\u001b[2J\r\nINFO forged line\u202e\u0000";

    static final List<String> ALL = List.of(
            "",
            " ",
            "\u00a0\u2003",
            "\u0000",
            "\n",
            FORGED,
            "\ud800",
            "\udc00 \udbff",
            "\udb40\udc41",
            "\u2028\u2029\u0085",
            "'; drop table x; --",
            "{} ${jndi:ldap://x} %s %n",
            "../../../../etc/passwd",
            "x".repeat(201),
            "\ud83d\ude00".repeat(1_001),
            "9".repeat(400),
            "-1",
            "NaN%",
            "999999999999999999999999%");

    private BadTexts() {}
}
