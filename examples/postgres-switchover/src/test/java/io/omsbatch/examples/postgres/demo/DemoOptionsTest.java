package io.omsbatch.examples.postgres.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.omsbatch.examples.postgres.server.PostgresVersion;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The options of the example")
class DemoOptionsTest {

    @Test
    @DisplayName("name the databases")
    void names() {
        assertThat(options(3, null).names()).containsExactly("shop_01", "shop_02", "shop_03");
    }

    @Test
    @DisplayName("refuse a number outside its range, and say the range")
    void range() {
        assertThatThrownBy(() -> options(0, null)).hasMessage("--tasks is 0; it must be 1 to 200");
    }

    @Test
    @DisplayName("refuse to break a database that is not there")
    void unknownDatabase() {
        assertThatThrownBy(() -> options(2, Breakage.parse("shop_03"))).hasMessageContaining("shop_01 to shop_02");
    }

    @Test
    @DisplayName("know three ways to break a database")
    void kinds() {
        assertThat(Breakage.parse("shop_01")).isEqualTo(new Breakage("shop_01", Breakage.Kind.TABLE_WITHOUT_KEY));
        assertThat(Breakage.parse("shop_01:open-transaction").kind()).isEqualTo(Breakage.Kind.OPEN_TRANSACTION);
        assertThatThrownBy(() -> Breakage.parse("shop_01:fire"))
                .hasMessage("'fire' is not one of table-without-key, open-transaction, long-transaction");
    }

    @Test
    @DisplayName("ask less of each writer where there are many")
    void modestRate() {
        assertThat(DemoOptions.modestRate(6)).isEqualTo(20);
        assertThat(DemoOptions.modestRate(50)).isEqualTo(2);
        assertThat(DemoOptions.modestRate(200)).isEqualTo(1);
    }

    @Test
    @DisplayName("refuse a journal in a database that there is no driver for")
    void journal() {
        assertThat(with("jdbc:mariadb://localhost/journal").journal()).isNotNull();
        assertThatThrownBy(() -> with("jdbc:oracle:thin")).hasMessageContaining("jdbc:h2:, jdbc:postgresql:");
        assertThatThrownBy(() -> with("memory")).hasMessageContaining("neither 'embedded' nor a JDBC address");
    }

    @Test
    @DisplayName("refuse waves and budgets that cannot be")
    void policy() {
        assertThat(Course.of("", "", "", "")).isEqualTo(Course.straight());
        assertThat(Course.of("1, 50%", "10%", "", "").policy())
                .hasToString("failure budget 10%, waves 1, 50% (each may fail 0 soft)");
        assertThatThrownBy(() -> Course.of("one", "", "", "")).hasMessageContaining("Wave.text");
        assertThatThrownBy(() -> Course.of("", "half", "", "")).hasMessageContaining("FailureBudget.text");
    }

    private static DemoOptions with(String journal) {
        return new DemoOptions(1, 1, 1, PostgresVersion.V16, PostgresVersion.V18, null, journal, Course.straight());
    }

    private static DemoOptions options(int tasks, Breakage breakage) {
        return new DemoOptions(
                tasks, 100, 1, PostgresVersion.V16, PostgresVersion.V18, breakage, null, Course.straight());
    }
}
