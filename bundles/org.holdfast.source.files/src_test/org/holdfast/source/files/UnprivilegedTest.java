package org.holdfast.source.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.holdfast.api.RawPath;
import org.holdfast.testkit.TempTree;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What a process without special rights can and cannot do, tried in a child process that has given them up. */
class UnprivilegedTest {
    private static final String NOBODY = "65534";

    @AutoClose
    private final TempTree temp = new TempTree();

    @Test
    void saysWhatItMayNot() throws IOException, InterruptedException, URISyntaxException {
        assumeTrue(TempTree.isLinux() && "root".equals(System.getProperty("user.name")));
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")));
        prepare();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        var command = new ArrayList<String>(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
                "--clear-groups", "--inh-caps=-all"));
        assumeTrue(run(with(command, java.toString(), "-version")).code == 0, "Java is not for everybody here");
        String classes = copyOf(RawPath.class, "api") + File.pathSeparator + copyOf(FilesSourceProvider.class, "main")
                + File.pathSeparator + copyOf(UnprivilegedProbe.class, "test");
        Result result = run(with(command, java.toString(), "--enable-native-access=ALL-UNNAMED", "-cp", classes,
                UnprivilegedProbe.class.getName(), temp.resolve("source").toString(),
                temp.resolve("target").toString()));
        assertEquals(0, result.code, result.output);
        check(result.output);
        assertEquals(0104711, Files.getAttribute(temp.resolve("target/file"), "unix:mode"));
    }

    private void check(String output) {
        var said = output.lines().filter(l -> l.contains(": "))
                .collect(Collectors.toMap(l -> l.substring(0, l.indexOf(": ")), l -> l.substring(l.indexOf(": ") + 2)));
        String source = temp.resolve("source").toString();
        assertEquals("4 40700 100600", said.get("list"));
        assertEquals("AccessDeniedException " + source + "/closed directory: Permission denied",
                said.get("closed directory"));
        assertEquals("AccessDeniedException " + source + "/closed file: Permission denied", said.get("closed file"));
        assertEquals("0", said.get("attributes"));
        assertEquals("4", said.get("open file"));
        assertEquals("1 -2", said.get("no search"));
        assertEquals("false", said.get("owners"));
        assertEquals("[The group 0 could not be set: Operation not permitted., "
                + "The owner 0 could not be set: Operation not permitted., "
                + "The permission bits 6000 were left out because they would give the rights of another owner., "
                + "The extended attribute trusted.theirs could not be set: Operation not permitted.]",
                said.get("metadata"));
        assertEquals("[]", said.get("own"));
        assertEquals("[The group 12 could not be set: Operation not permitted., The permission bits 2000 were left out "
                + "because they would give the rights of another owner.]", said.get("foreign group"));
        assertEquals("made", said.get("fifo"));
        assertEquals("AccessDeniedException " + temp.resolve("target/device") + ": Operation not permitted",
                said.get("device"));
        assertEquals("[]", said.get("closed target"));
    }

    private void prepare() throws IOException {
        permit(temp.path(), "rwxr-xr-x");
        Path source = Files.createDirectory(temp.resolve("source"));
        permit(source, "rwxr-xr-x");
        permit(Files.createDirectory(source.resolve("closed directory")), "rwx------");
        Path file = Files.writeString(source.resolve("closed file"), "x");
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).write("a", ByteBuffer.allocate(1));
        permit(file, "rw-------");
        permit(Files.createDirectory(source.resolve("no search")), "rwxr--r--");
        Files.writeString(source.resolve("no search/file"), "x");
        permit(Files.writeString(source.resolve("open file"), "open"), "rw-r--r--");
        Path target = Files.createDirectory(temp.resolve("target"));
        Files.setAttribute(target, "unix:uid", Integer.parseInt(NOBODY));
        Files.setAttribute(target, "unix:gid", Integer.parseInt(NOBODY));
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    /** A copy of where a class is from that everybody may read; the build's own folders may be closed. */
    private Path copyOf(Class<?> one, String name) throws IOException, URISyntaxException {
        Path from = Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path to = temp.resolve("classes-" + name + (Files.isDirectory(from) ? "" : ".jar"));
        try (var all = Files.walk(from)) {
            for (Path path : all.toList()) {
                String relative = from.relativize(path).toString();
                boolean wanted = Files.isDirectory(path) || relative.isEmpty()
                        || relative.startsWith("org/holdfast/api") || relative.startsWith("org/holdfast/source");
                if (wanted) {
                    Path copy = relative.isEmpty() ? to : to.resolve(relative);
                    Files.copy(path, copy);
                    permit(copy, Files.isDirectory(copy) ? "rwxr-xr-x" : "rw-r--r--");
                }
            }
        }
        return to;
    }

    private record Result(int code, String output) {
    }

    private static List<String> with(List<String> command, String... more) {
        var all = new ArrayList<>(command);
        all.addAll(List.of(more));
        return all;
    }

    private Result run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(temp.path().toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
