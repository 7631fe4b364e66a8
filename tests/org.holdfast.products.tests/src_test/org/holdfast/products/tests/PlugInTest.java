package org.holdfast.products.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Somebody else's bundle, dropped into the command line's product, brings a command without touching ours. */
@EnabledOnOs({ OS.LINUX, OS.MAC })
class PlugInTest {

    private static final String COMMAND = """
            package example.greeting;

            import java.util.List;
            import org.holdfast.api.spi.cli.*;

            public final class GreetCommand implements CliCommand {
                public String name() {
                    return "greet";
                }

                public String summary() {
                    return "Greet somebody";
                }

                public List<CliOption> options() {
                    return List.of(CliOption.flag("--loud", "In capitals"));
                }

                public List<CliOperand> operands() {
                    return List.of(CliOperand.one("WHO", "Whom to greet"));
                }

                public int run(CliCall call) {
                    String text = "Hello " + call.operand("WHO");
                    call.out().println(call.flag("--loud") ? text.toUpperCase() : text);
                    return WARNINGS;
                }
            }
            """;
    private static final String COMPONENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.4.0" name="example.greeting.GreetCommand">
              <implementation class="example.greeting.GreetCommand"/>
              <service><provide interface="org.holdfast.api.spi.cli.CliCommand"/></service>
            </scr:component>
            """;

    @TempDir
    private Path folder;
    private Path product;
    private int runs;

    @BeforeEach
    void aProductOfOurOwn() throws IOException {
        Path original = Product.named("cli").folder();
        product = folder.resolve("product");
        try (Stream<Path> files = Files.walk(original)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path copy = product.resolve(original.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @Test
    void aBundleInDropinsBringsACommand() throws Exception {
        expect(2, "There is no command 'greet'", "greet", "world");
        dropIn();
        expect(3, "HELLO WORLD", "greet", "world", "--loud");
        expect(2, "Missing required parameter: 'WHO'", "greet");
        expect(0, "Greet somebody", "--help");
        expect(0, "greet", "completion");
    }

    @Test
    void ourOwnCommandsDoNotWaitForTheFramework() throws Exception {
        dropIn();
        expect(0, "0.1.0", "--version");
        expect(1, "There is no vault", "points", folder.resolve("nothing").toString());
        assertFalse(Files.exists(folder.resolve("0/.cache")), "no framework was started");
        assertFalse(Files.exists(folder.resolve("1/.cache")), "no framework was started");
    }

    @Test
    void aBundleThatCannotBeUsedIsNamed() throws Exception {
        dropIn();
        Files.writeString(product.resolve("dropins/broken.jar"), "no jar at all");
        expect(3, "broken.jar", "greet", "world");
        expect(3, "Hello world", "greet", "world");
    }

    private void expect(int code, String text, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(product.resolve("bin/holdfast").toString()));
        Collections.addAll(command, arguments);
        Path home = Files.createDirectory(folder.resolve(Integer.toString(runs++)));
        try (Running run = Running.start(home, command)) {
            assertEquals(code, run.exitCode(), run::output);
            assertTrue(run.output().contains(text), run::output);
        }
    }

    private void dropIn() throws IOException {
        Path source = Files.createDirectories(folder.resolve("plugin/example/greeting")).resolve("GreetCommand.java");
        Files.writeString(source, COMMAND);
        String classPath = Product.named("cli").bundles().stream().map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        assertEquals(0, ToolProvider.getSystemJavaCompiler().run(null, null, null, "-proc:none", "-cp", classPath,
                source.toString()));
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "example.greeting");
        headers.putValue("Bundle-Version", "1.0.0");
        headers.putValue("Import-Package", "org.holdfast.api.spi.cli;version=\"[1.0,2.0)\"");
        headers.putValue("Service-Component", "OSGI-INF/greet.xml");
        Path jar = Files.createDirectories(product.resolve("dropins")).resolve("greeting.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new JarEntry("example/greeting/GreetCommand.class"));
            out.write(Files.readAllBytes(source.resolveSibling("GreetCommand.class")));
            out.putNextEntry(new JarEntry("OSGI-INF/greet.xml"));
            out.write(COMPONENT.getBytes(StandardCharsets.UTF_8));
        }
    }
}
