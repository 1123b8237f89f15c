package io.omsbatch.examples.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@DisplayName("The command line refuses before anything is started")
class MainTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "--kill-at=stop-forward-sync | --kill-at needs --journal: the journal in memory dies with the process",
                "--journal=embedded --kill-at=step-6 | --kill-at names 'step-6'; it must be one of start-forward-switchover,",
                "--journal=jdbc:derby:x | --journal is neither 'embedded' nor a JDBC address",
                "--journal=embedded --fail=shop_09 | --fail names shop_09; there are shop_01 to shop_06",
                "--resume --tasks=3 | --resume is about a run that was told what to do when it began; leave --tasks out",
                "--discard --kill-at=stop-forward-sync | --discard is about a run that was told",
                "--resume=/nowhere | --resume: there is no such run in /nowhere",
                "--discard=/nowhere | --discard: there is no such run in /nowhere",
                "--freeze=soon | --freeze is 'soon'; it must be like 5s or 2m",
                "--abort-at=stop-everything | --abort-at names 'stop-everything'; it must be one of start-forward-switchover,",
                "--journal=embedded --kill-at=stop-forward-sync --abort-at=stop-forward-sync | are two ways to end",
                "--tasks=many | Invalid value for option '--tasks'"
            })
    void refuses(String arguments, String because) {
        StringWriter said = new StringWriter();
        int code = Main.commandLine().setErr(new PrintWriter(said)).execute(arguments.split(" "));
        assertThat(said.toString()).contains(because);
        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    }
}
