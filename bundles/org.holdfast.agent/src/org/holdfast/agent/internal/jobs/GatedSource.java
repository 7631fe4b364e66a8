package org.holdfast.agent.internal.jobs;

import java.io.IOException;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.CancelToken;
import org.holdfast.api.RawPath;
import org.holdfast.api.spi.source.ExtendedAttribute;
import org.holdfast.api.spi.source.NameTable;
import org.holdfast.api.spi.source.RestoreTarget;
import org.holdfast.api.spi.source.Source;
import org.holdfast.api.spi.source.SourceDirectory;
import org.holdfast.api.spi.source.SourceFile;
import org.holdfast.api.spi.source.SourceProvider;
import org.holdfast.api.spi.source.StatTable;

/**
 * A source whose readers wait at a gate while the job is paused.
 *
 * @param provider the source itself
 * @param gate where they wait
 */
public record GatedSource(SourceProvider provider, PauseGate gate) implements SourceProvider {
    @Override
    public String type() {
        return provider.type();
    }

    @Override
    public Source open() {
        return new Tree(provider.open(), gate);
    }

    @Override
    public RestoreTarget openTarget(RawPath directory) throws IOException {
        return provider.openTarget(directory);
    }

    private record Tree(Source source, PauseGate gate) implements Source {
        @Override
        public SourceDirectory openDirectory(RawPath absolute) throws IOException {
            return new Directory(source.openDirectory(absolute), gate);
        }

        @Override
        public @Nullable String userName(int uid) {
            return source.userName(uid);
        }

        @Override
        public @Nullable String groupName(int gid) {
            return source.groupName(gid);
        }

        @Override
        public void close() {
            source.close();
        }
    }

    private record Directory(SourceDirectory directory, PauseGate gate) implements SourceDirectory {
        @Override
        public void retain() {
            directory.retain();
        }

        @Override
        public void list(NameTable into, CancelToken cancel) throws IOException {
            gate.pass();
            directory.list(into, cancel);
        }

        @Override
        public void stat(NameTable names, int from, int to, StatTable into) {
            gate.pass();
            directory.stat(names, from, to, into);
        }

        @Override
        public void statSelf(StatTable into) throws IOException {
            directory.statSelf(into);
        }

        @Override
        public void stat(byte[] name, StatTable into) throws IOException {
            directory.stat(name, into);
        }

        @Override
        public SourceDirectory openDirectory(byte[] name) throws IOException {
            gate.pass();
            return new Directory(directory.openDirectory(name), gate);
        }

        @Override
        public SourceFile openFile(byte[] name) throws IOException {
            gate.pass();
            return new OpenFile(directory.openFile(name), gate);
        }

        @Override
        public byte[] readLink(byte[] name) throws IOException {
            return directory.readLink(name);
        }

        @Override
        public List<ExtendedAttribute> attributes(byte[] name, int mode) throws IOException {
            return directory.attributes(name, mode);
        }

        @Override
        public List<ExtendedAttribute> attributesOfSelf() throws IOException {
            return directory.attributesOfSelf();
        }

        @Override
        public void close() {
            directory.close();
        }
    }

    private record OpenFile(SourceFile file, PauseGate gate) implements SourceFile {
        @Override
        public int read(long position, byte[] into, int offset, int length) throws IOException {
            gate.pass();
            return file.read(position, into, offset, length);
        }

        @Override
        public void stat(StatTable into) throws IOException {
            file.stat(into);
        }

        @Override
        public long nextData(long from) throws IOException {
            return file.nextData(from);
        }

        @Override
        public long nextHole(long from) throws IOException {
            return file.nextHole(from);
        }

        @Override
        public List<ExtendedAttribute> attributes() throws IOException {
            return file.attributes();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
