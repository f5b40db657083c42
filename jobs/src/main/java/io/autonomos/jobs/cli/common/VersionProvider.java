package io.autonomos.jobs.cli.common;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
public final class VersionProvider implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = VersionProvider.class.getPackage().getImplementationVersion();
        return new String[] {
            "autonomos " + (version == null ? "(unpackaged build)" : version),
            "Java " + Runtime.version() + ", " + System.getProperty("os.name")
        };
    }
}
