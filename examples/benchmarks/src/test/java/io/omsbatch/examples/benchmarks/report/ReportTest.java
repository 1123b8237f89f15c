package io.omsbatch.examples.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.omsbatch.examples.benchmarks.measure.Machine;
import io.omsbatch.examples.benchmarks.measure.Result;
import io.omsbatch.examples.benchmarks.measure.TrialWorkloads;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

@DisplayName("What is told of a result")
class ReportTest {

    private final Result result = TrialWorkloads.result();

    @Test
    @DisplayName("has the best first, medians, and ratios to the reference and to the best peer")
    void standings() {
        List<Standing> standings = Standing.of(result);
        assertThat(standings)
                .extracting(standing -> standing.contender().name())
                .containsExactly("floor", "ours", "peer");
        Standing ours = standings.get(1);
        assertThat(ours.values().median()).isEqualTo(50);
        assertThat(ours.toReference()).isEqualTo(0.5);
        assertThat(ours.toBestPeer()).isEqualTo(5.0);
        assertThat(ours.notes()).containsEntry("lag us", 5.0);
    }

    @Test
    @DisplayName("is a Markdown table with as many cells in each row")
    void markdown() {
        String table = new ResultTable(result).markdown();
        assertThat(table.lines())
                .hasSize(5)
                .allSatisfy(line ->
                        assertThat(line.chars().filter(c -> c == '|').count()).isEqualTo(8));
        assertThat(table).contains("| ours | oms-batch | 50.0 | 40.0 .. 60.0 | 0.500x | 5.00x | 5.00 |");
        assertThat(table).contains("| floor | floor, reference | 100 |");
    }

    @Test
    @DisplayName("says that a goal was missed, and how quick the disk was")
    void goals() {
        ResultTable table = new ResultTable(result);
        assertThat(table.goals()).containsExactly("ours: missed (50.0 items/s, 0.500x); goal: as fast");
        assertThat(table.disk()).endsWith("150 us, 160 us");
    }

    @Test
    @DisplayName("is a chart that is well-formed XML, with a bar for each contender")
    void chart() throws Exception {
        String svg = new BarChart("a <trial> & more", result.workload().measure(), Standing.of(result)).svg();
        assertThat(DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)))
                        .getElementsByTagName("rect")
                        .getLength())
                .isEqualTo(3);
        assertThat(svg).contains("prefers-color-scheme: dark").doesNotContain("NaN");
    }

    @Test
    @DisplayName("is a page that shows every chart it wrote")
    void page(@TempDir Path folder) throws Exception {
        Machine machine = new Machine("2 cores", "8 GB", "Linux", "Java", LocalDate.EPOCH, "0.1");
        new PerformancePage(machine, List.of(result)).write(folder);
        String page = Files.readString(folder.resolve("performance.md"));
        assertThat(page).contains("## W0 by test: a <trial> & more", "(performance/w0-by-test.svg)", "`peer`: peer 1");
        assertThat(folder.resolve("performance/w0-by-test.svg")).isNotEmptyFile();
    }

    @Test
    @DisplayName("has numbers with three digits that count")
    void numbers() {
        assertThat(List.of(0.01234, 0.5, 7.5, 14.44, 836.3, 9_999, 12_345, 1_234_567, 2.5e9))
                .extracting(Number::doubleValue)
                .extracting(Numbers::of)
                .containsExactly("0.012", "0.500", "7.50", "14.4", "836", "9999", "12.3k", "1.23M", "2.50G");
    }
}
