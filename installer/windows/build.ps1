# NOT YET RUN ON WINDOWS. Written on Linux from the definition that is built and started there.
#
# Builds build\kopdesk\kopdesk.exe with the same definition as Linux (installer\kopdesk.spec) and starts it once.
# Needs Python 3.11 or newer for 64-bit Windows from python.org and nothing else:
#
#     powershell -ExecutionPolicy Bypass -File installer\windows\build.ps1
#
# The first run on a real machine must also settle what a build cannot: see "To find out on Windows" in
# installer\README.md.

$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")

python dev.py bundle
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }

$bundle = "build\kopdesk"
$archive = "build\kopdesk-windows-x86_64.zip"
Compress-Archive -Path "$bundle\*" -DestinationPath $archive -Force
"{0}: {1:N0} MB" -f $archive, ((Get-Item $archive).Length / 1MB)

# What the bundle must not need from this machine: another PATH, another user's files.
$env:PATH = "$env:SystemRoot\System32"
Push-Location $env:TEMP
try {
    $start = Get-Date
    & (Join-Path $PSScriptRoot "..\..\$bundle\kopdesk.exe") --version
    "first start after the build: {0:N1} s" -f ((Get-Date) - $start).TotalSeconds
    exit $LASTEXITCODE
} finally {
    Pop-Location
}
