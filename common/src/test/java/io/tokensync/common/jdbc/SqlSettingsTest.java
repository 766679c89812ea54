package io.tokensync.common.jdbc;

import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.common.config.Secret;
import io.tokensync.common.config.Settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SqlSettingsTest {
    private static final String SERVER = "jdbc:sqlserver://sql.example.com:1433;databaseName=tokens";

    @Test
    void sqlServerGetsEncryptionAndFiniteTimeouts() {
        assertThat(SqlSettings.of(SERVER).url()).startsWith(SERVER + ";").contains(";encrypt=true",
                ";trustServerCertificate=false", ";loginTimeout=60", ";queryTimeout=120", ";socketTimeout=150000",
                ";cancelQueryTimeout=10", ";lockTimeout=30000", ";connectRetryCount=0");
    }

    @Test
    void unhurriedWorkHasNoTimeoutsButThoseOfConnectingAndOfLocks() {
        SqlSettings settings = SqlSettings.of(SERVER + ";QueryTimeout=7;loginTimeout=5;user=a;password=b").unhurried();
        assertThat(settings.url())
                .contains(";QueryTimeout=0", ";socketTimeout=0", ";loginTimeout=5", ";lockTimeout=30000")
                .doesNotContain("queryTimeout");
        assertThat(settings.user()).contains("a");
        assertThat(settings.password()).contains(Secret.of("b"));
        assertThat(settings.connectTimeout()).hasSeconds(5);
    }

    @Test
    void whatTheAddressSaysItselfStays() {
        String url = SqlSettings.of(SERVER + ";Encrypt=false;loginTimeout=5").url();
        assertThat(url).contains(";Encrypt=false", ";loginTimeout=5").doesNotContain("encrypt=true", "loginTimeout=60");
    }

    @Test
    void userAndPasswordAreTakenOutOfTheAddress() {
        SqlSettings settings = SqlSettings.of(SERVER + ";user=sync;password={a;b}}c};applicationName=x");
        assertThat(settings.user()).contains("sync");
        assertThat(settings.password()).contains(Secret.of("a;b}c"));
        assertThat(settings.url()).doesNotContain("sync;", "a;b", "password").contains(";applicationName=x");
        assertThat(settings.toString()).doesNotContain("a;b");
    }

    @Test
    void namedUserAndPasswordWinOverThoseOfTheAddress() {
        SqlSettings settings = SqlSettings.of(SERVER + ";user=a;password=b", Optional.of("c"),
                Optional.of(Secret.of("d")));
        assertThat(settings.user()).contains("c");
        assertThat(settings.password()).contains(Secret.of("d"));
        assertThat(settings.url()).doesNotContain("password", "user=");
    }

    @Test
    void anH2AddressStaysAsItIs() {
        String url = "jdbc:sqlite:/data/tokens.db";
        assertThat(SqlSettings.of(url).url()).isEqualTo(url);
        assertThat(SqlSettings.of(url).dialect()).isEqualTo(Dialect.SQLITE);
    }

    @Test
    void anotherAddressIsRejectedWithoutRepeatingIt() {
        assertThatThrownBy(() -> SqlSettings.of("jdbc:other:x;password=hidden"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("jdbc:sqlserver:")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> SqlSettings.of(SERVER + ";password={hidden"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> SqlSettings.of(SERVER + ";nonsense;a=b")).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "Password", "trustStorePassword", "keyStorePassword", "keyStoreSecret",
            "clientKeyPassword", "accessToken", "AADSecurePrincipalSecret", "keyVaultProviderClientKey",
            "clientSecret"})
    void noSecretOfTheAddressIsShown(String property) {
        SqlSettings settings = SqlSettings.of(SERVER + ";" + property + "={hid;den};user=" + property);
        assertThat(settings.toString()).doesNotContain("hid", "den}").contains("sql.example.com",
                "databaseName=tokens");
        assertThat(String.valueOf(Optional.of(settings))).doesNotContain("hid");
    }

    @Test
    void theDriverGetsWhatIsNotShown() {
        assertThat(SqlSettings.of(SERVER + ";trustStorePassword=hidden").url()).contains(";trustStorePassword=hidden");
    }

    @Test
    void theSettingsShowNoPassword() {
        Settings settings = Settings.of(Map.of("writer.sql.url", SERVER + ";password=hidden", "writer.sql.password",
                "secret too", "writer.sql.query-timeout", "30s"));
        SqlSettings sql = settings.build(() -> SqlSettings.from(settings, "writer.sql")).orElseThrow();
        settings.check();
        assertThat(settings.describe()).doesNotContain("hidden", "secret too");
        assertThat(sql.toString()).doesNotContain("hidden", "secret too");
        assertThat(sql.url()).contains(";queryTimeout=30", ";socketTimeout=60000");
        assertThat(sql.password()).contains(Secret.of("secret too"));
    }

    @Test
    void theSettingsShowWhatIsInUseWhereTheAddressSaysIt() {
        Settings settings = Settings.of(Map.of("writer.sql.url", "Server=tcp:sql.example.com,1433;Database=tokens;"
                + "User ID=sync;Password=hidden;Connection Timeout=120;Command Timeout=300", "writer.sql.query-timeout",
                "30s"));
        assertThat(settings.build(() -> SqlSettings.from(settings, "writer.sql"))).isPresent();
        settings.check();
        assertThat(settings.describe()).doesNotContain("hidden")
                .containsPattern("writer.sql.url +jdbc:sqlserver://sql.example.com:1433;databaseName=tokens;.* given")
                .containsPattern("writer.sql.user +sync +writer.sql.url")
                .containsPattern("writer.sql.password +[*]+ +writer.sql.url")
                .containsPattern("writer.sql.query-timeout +5m +writer.sql.url")
                .containsPattern("writer.sql.connect-timeout +2m +writer.sql.url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "trustStorePassword", "accessToken", "clientSecret",
            "keyVaultProviderClientKey"})
    void theAddressIsShownWithoutItsSecrets(String property) {
        Settings settings = Settings.of(Map.of("writer.sql.url", SERVER + ";" + property + "={hid;den};user=a"));
        assertThat(settings.build(() -> SqlSettings.from(settings, "writer.sql"))).isPresent();
        assertThat(settings.describe()).contains("sql.example.com", "databaseName=tokens").doesNotContain("hid",
                "den}");
    }

    @Test
    void thatTheServersCertificateIsNotCheckedIsSaid() {
        String address = "jdbc:sqlserver://sql:1433;databaseName=t";
        SqlSettings trusting = SqlSettings.of(address + ";trustServerCertificate=TRUE");
        assertThat(trusting.remarks()).singleElement().asString().contains("trustServerCertificate", "not checked");
        assertThat(trusting.unhurried().remarks()).isEqualTo(trusting.remarks());
        assertThat(SqlSettings.of(address).remarks()).isEmpty();
        assertThat(SqlSettings.of(address + ";trustServerCertificate=false").remarks()).isEmpty();
    }
}
