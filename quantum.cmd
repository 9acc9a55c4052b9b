@echo off
rem The launcher for Windows, in its simplest form: the incremental build decides what to rebuild. See README.md.
setlocal
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set "root=%~dp0"
set "verb=%~1"
where dotnet >nul 2>nul || (
    echo quantum: the .NET SDK is missing. Install .NET SDK 10.0.100 or a later 10.0: https://dotnet.microsoft.com/download 1>&2
    exit /b 2
)
if "%verb%"=="" (
    echo usage: quantum ^<up^|test^|bench^|chaos^|soak^|any verb of the command line tool^> [arguments]
    echo `quantum --help` lists the verbs of the command line tool, `quantum test --mutations` is known as well.
    exit /b 0
)
set "project=%root%tools\Quantum.Cli"
if "%verb%"=="up" set "project=%root%Quantum.AppHost"
if "%verb%"=="bench" set "project=%root%bench\Quantum.Bench"
if "%verb%"=="chaos" set "project=%root%bench\Quantum.Bench"
if "%verb%"=="soak" set "project=%root%bench\Quantum.Bench"

rem %* keeps the verb even after shift, so the other arguments are collected one by one.
set "rest="
if "%verb%"=="test" if "%~2"=="--mutations" goto mutations
:collect
shift
if "%~1"=="" goto collected
set rest=%rest% %1
goto collect
:collected

dotnet build "%root%Quantum.sln" -c Release -v q -nologo 1>&2 || exit /b 2
if "%verb%"=="test" (
    dotnet test "%root%Quantum.sln" -c Release --no-build -m:1 %rest%
    exit /b
)
if "%verb%"=="up" goto own
if "%verb%"=="bench" goto own
rem As in ./quantum: the tool is set up to end within a second, and many seeds are worth compiling hot code soon.
if "%verb%"=="simulate" (
    set DOTNET_TC_CallCountingDelayMs=0
    set DOTNET_TC_CallCountThreshold=1E
    set DOTNET_gcConcurrent=0
    set DOTNET_GCgen0size=4000000
)
dotnet run --project "%project%" -c Release --no-build -- %verb% %rest%
exit /b %errorlevel%
:own
dotnet run --project "%project%" -c Release --no-build -- %rest%
exit /b %errorlevel%

rem As tools/mutations.sh, without its table: Stryker tells the score of each folder, and fails below 90 %.
:mutations
shift
:folders
shift
if "%~1"=="" goto known
set rest=%rest% %1
goto folders
:known
if "%rest%"=="" set "rest=Sizing Executor ExitBrain Governance Portfolio TradingBot Venue"
set RunAnalyzers=false
set code=0
cd /d "%root%" && dotnet tool restore 1>&2 || exit /b 2
cd /d "%root%tests\Quantum.Roles.Tests"
for %%f in (%rest%) do (
    dotnet tool run dotnet-stryker -- --skip-version-check --config-file stryker-config.yaml --threshold-high 90 --threshold-low 90 --break-at 90 ^
        --mutate "**/Quantum.Roles/%%f/**/*.cs" --test-case-filter "Kind!=Walk&FullyQualifiedName~.Tests.%%f." ^
        --output "%root%.quantum\mutations\%%f" || set code=1
)
exit /b %code%
