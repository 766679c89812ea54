package io.tokensync.common.address;

import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.tokensync.testkit.property.Property;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatabaseAddressTest {
    @Test
    void theOdbcStringOfTheOldToolIsUnderstood() {
        DatabaseAddress address = DatabaseAddress.parse("""
                # made by the portal
                DRIVER={ODBC Driver 17 for SQL Server};SERVER=tcp:sql.example.com,1433;DATABASE=tokens;UID=sync;\
                PWD={p;w}}=d};Encrypt=yes;TrustServerCertificate=no;Connection Timeout=120;Command Timeout=300;\
                ConnectionRetryCount=3;ConnectionRetryInterval=10;
                """);
        assertThat(address.url().toText())
                .isEqualTo("jdbc:sqlserver://sql.example.com:1433;databaseName=tokens;user=sync;"
                        + "password={p;w}}=d};encrypt=true;trustServerCertificate=false;loginTimeout=120;queryTimeout=300");
        assertThat(address.remarks()).hasSize(2).allMatch(remark -> remark.contains("tries again by itself"));
    }

    @Test
    void theAdoNetStringOfThePortalIsUnderstood() {
        DatabaseAddress address = DatabaseAddress.parse("Server=tcp:sql.example.com,1433;Initial Catalog=tokens;"
                + "Persist Security Info=False;User ID=sync;Password='it''s; \"quoted\"';MultipleActiveResultSets=False;"
                + "Encrypt=True;TrustServerCertificate=False;Connection Timeout=30;");
        assertThat(address.url().find("password")).contains("it's; \"quoted\"");
        assertThat(address.url().find("databaseName")).contains("tokens");
        assertThat(address.url().find("loginTimeout")).contains("30");
        assertThat(address.remarks()).containsExactly(
                "MultipleActiveResultSets has no effect: one statement at a time runs on a connection");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tcp:sql.example.com,1433 | jdbc:sqlserver://sql.example.com:1433
            sql.example.com          | jdbc:sqlserver://sql.example.com
            TCP: sql.example.com , 5 | jdbc:sqlserver://sql.example.com:5
            .                        | jdbc:sqlserver://localhost
            (local)                  | jdbc:sqlserver://localhost
            host\\SQLEXPRESS         | jdbc:sqlserver://host;instanceName=SQLEXPRESS
            ::1,1433                 | jdbc:sqlserver://[::1]:1433
            [fe80::1],1433           | jdbc:sqlserver://[fe80::1]:1433
            """)
    void aServerIsHostInstanceAndPort(String server, String url) {
        for (String keyword : new String[]{"Server", "data source", "ADDRESS", "addr", "Network Address"}) {
            assertThat(DatabaseAddress.parse(keyword + "=" + server).url().toText()).isEqualTo(url);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"np:\\\\host\\pipe", "(localdb)\\x", "host,port", "host,99999", "", "a b"})
    void anotherKindOfServerIsRejected(String server) {
        assertThatThrownBy(() -> DatabaseAddress.parse("Server=" + server + ";Database=x"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("Server");
    }

    @ParameterizedTest
    @CsvSource({"Password=\"a\"\"b\",a\"b", "Password=\"a'b\",a'b", "Pwd={a'b;},a'b;", "Password= a b ,a b",
            "Password=a=b,a=b", "Password=a'b,a'b", "Password={},''"})
    void quotesBracesAndPlainValuesAreRead(String pair, String value) {
        assertThat(DatabaseAddress.parse("Server=h;" + pair.replaceAll("^'|'$", "") + ";Database=d").url()
                .find("password"))
                .isEqualTo(Optional.of(value).filter(text -> !text.isEmpty()));
    }

    @Test
    void everyPasswordComesBackHoweverItIsQuoted() {
        Property.forAll(500, gen -> {
            String password = "x" + gen.text("ab;='\"{} \\é,", 12);
            for (String quoted : new String[]{"'" + password.replace("'", "''") + "'",
                    '"' + password.replace("\"", "\"\"") + '"', "{" + password.replace("}", "}}") + "}"}) {
                DatabaseAddress address = DatabaseAddress.parse("Server=h;Password=" + quoted + " ;Database=d;");
                assertThat(address.url().find("password")).contains(password);
                assertThat(JdbcUrl.parse(address.url().toText()).find("password")).contains(password);
                assertThat(address.url().toMaskedText()).doesNotContain("Password=" + quoted);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Password=zx7;jq9=1", "Password=zx7;jq9", "Password='zx7", "Password={zx7}jq9;a=b",
            "Password=\"zx7\"jq9\"", "Pwd=zx7;UID=u;Password=jq9", "Password=zx7;Encrypt=jq9", "zx7=jq9",
            "Password=zx7;Connection Timeout=jq9", "Authentication=jq9;Password=zx7", "Password=zx7;MARS=jq9",
            "Password=zx7;=jq9", "Password=zx7;Server=jq9,jq9", "Password=zx7;Database=x\nServer=jq9"})
    void nothingOfAMalformedStringIsRepeated(String text) {
        assertThatThrownBy(() -> DatabaseAddress.parse("Server=h;" + text + ";Database=d"))
                .isInstanceOf(IllegalArgumentException.class)
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("zx7", "jq9").hasSizeGreaterThan(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AttachDBFilename=x.mdf", "Network Library=dbnmpntw", "DSN=x", "FileDSN=x",
            "Column Encryption Setting=Enabled", "User Instance=true", "KeystoreSecret=x", "ClientCertificate=x"})
    void whatCannotBeDoneIsRejectedByName(String pair) {
        assertThatThrownBy(() -> DatabaseAddress.parse("Server=h;" + pair))
                .hasMessageContaining(pair.substring(0, pair.indexOf('='))).hasMessageContaining("not supported");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pwd={your_password}", "Pwd=your_password_here", "UID=<your_username>",
            "User Id=your user id"})
    void thePlaceholdersOfATemplateAreRejected(String pair) {
        assertThatThrownBy(() -> DatabaseAddress.parse("Server=h;" + pair)).hasMessageContaining("placeholder");
    }

    @Test
    void whatIsSaidTwiceIsRejected() {
        assertThatThrownBy(() -> DatabaseAddress.parse("Server=h;Data Source=i"))
                .hasMessageContaining("Server twice");
        assertThatThrownBy(() -> DatabaseAddress.parse("Server=h;UID=a;User ID=b")).hasMessageContaining("twice");
    }

    @ParameterizedTest
    @CsvSource({"Active Directory Managed Identity,ActiveDirectoryManagedIdentity",
            "ActiveDirectoryMsi,ActiveDirectoryManagedIdentity",
            "Active Directory Service Principal,ActiveDirectoryServicePrincipal",
            "Active Directory Workload Identity,ActiveDirectoryDefault", "Sql Password,SqlPassword"})
    void waysToLogInHaveTheNamesOfTheJavaDriver(String written, String property) {
        assertThat(DatabaseAddress.parse("Server=h;Authentication=" + written).url().find("authentication"))
                .contains(property);
    }

    @Test
    void integratedSecurityIsKerberos() {
        DatabaseAddress address = DatabaseAddress.parse("Server=h;Integrated Security=SSPI");
        assertThat(address.url().toText())
                .isEqualTo("jdbc:sqlserver://h;integratedSecurity=true;authenticationScheme=JavaKerberos");
        assertThat(address.remarks()).singleElement().asString().contains("Kerberos");
    }

    @Test
    void whatIsNoAddressIsRejected() {
        assertThatThrownBy(() -> DatabaseAddress.parse(" \n# x\n")).hasMessageContaining("empty");
        assertThatThrownBy(() -> DatabaseAddress.parse("sql.example.com")).hasMessageContaining("neither");
        assertThatThrownBy(() -> DatabaseAddress.parse("Database=d;UID=u")).hasMessageContaining("names no server");
        assertThatThrownBy(() -> DatabaseAddress.parse("Server=a\nServer=b")).hasMessageContaining("several lines");
    }
}
