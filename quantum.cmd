@echo off
rem The launcher for Windows, in its simplest form: the incremental build decides what to rebuild. See README.md.
rem What ./quantum does and this does not: it installs nothing, tests one project after the other without a sum at the
rem end, and its mutations have no table.
setlocal
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
set "root=%~dp0"
set "verb=%~1"
if "%verb%"=="help" if not "%~2"=="" (
    call "%~f0" %2 %3 --help
    exit /b
)
if "%verb%"=="" goto help
if "%verb%"=="help" goto help
if "%verb%"=="--help" goto help
if "%verb%"=="-h" goto help

rem A page is read where it stands, without a build; further behind than this the programs tell theirs.
set "page="
if "%verb%"=="up" set "page=%root%Quantum.AppHost\Help\up.txt"
if "%verb%"=="test" set "page=%root%tools\Help\test.txt"
if "%verb%"=="setup" set "page=%root%tools\Help\setup.txt"
if "%verb%"=="chaos" set "page=%root%bench\Quantum.Bench\Help\chaos.txt"
if "%verb%"=="soak" set "page=%root%bench\Quantum.Bench\Help\soak.txt"
if "%verb%"=="bench" set "page=%root%bench\Quantum.Bench\Help\%~2.txt"
if "%verb%"=="bench" if "%~2"=="--help" set "page=%root%bench\Quantum.Bench\Help\bench.txt"
if "%verb%"=="bench" if "%~2"=="-h" set "page=%root%bench\Quantum.Bench\Help\bench.txt"
if "%verb%"=="bench" if not exist "%page%" (
    echo quantum: '%~2' is no verb of bench. See quantum bench --help. 1>&2
    exit /b 2
)
set "wants="
if "%~2"=="--help" set wants=1
if "%~2"=="-h" set wants=1
if "%~3"=="--help" set wants=1
if "%~3"=="-h" set wants=1
if defined wants if defined page (
    type "%page%"
    exit /b 0
)
if "%verb%"=="setup" if not "%~2"=="" (
    echo quantum: '%~2' is no option of quantum setup. See quantum setup --help. 1>&2
    exit /b 2
)

where dotnet >nul 2>nul || (
    echo quantum: the .NET SDK is missing. Install .NET SDK 10.0.100 or a later 10.0: https://dotnet.microsoft.com/download 1>&2
    exit /b 2
)
set "project=%root%tools\Quantum.Cli"
if "%verb%"=="up" set "project=%root%Quantum.AppHost"
if "%verb%"=="bench" set "project=%root%bench\Quantum.Bench"
if "%verb%"=="chaos" set "project=%root%bench\Quantum.Bench"
if "%verb%"=="soak" set "project=%root%bench\Quantum.Bench"

rem %* keeps the verb even after shift, so the other arguments are collected one by one.
set "rest="
set "names="
if "%verb%"=="test" if "%~2"=="--mutations" goto mutations
if "%verb%"=="test" goto names
:collect
shift
if "%~1"=="" goto collected
set rest=%rest% %1
goto collect
rem As ./quantum test: parts of projects' names, and from the first option on what is for dotnet test.
:names
shift
set "word=%~1"
if not defined word goto collected
if "%word:~0,1%"=="-" goto options
set names=%names% "%word%"
goto names
:options
set rest=%rest% %1
shift
if not "%~1"=="" goto options
:collected

if "%verb%"=="setup" goto setup
dotnet build "%root%Quantum.sln" -c Release -v q -nologo 1>&2 || exit /b 2
if "%verb%"=="test" goto test
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

:test
set matched=0
set code=0
for /d %%d in ("%root%tests\*.Tests") do call :project "%%~nxd"
if %matched%==0 (
    echo quantum: no test project matches%names%; they are the folders of tests\ that end in .Tests. 1>&2
    exit /b 2
)
exit /b %code%

rem One project, where its name holds one of those that were asked for or none was.
:project
if not defined names goto fits
for %%n in (%names%) do (
    echo tests/%~1| findstr /l /c:"%%~n" >nul && goto fits
)
exit /b 0
:fits
set /a matched+=1
dotnet test "%root%tests\%~1" -c Release --no-build %rest% || set code=1
exit /b 0

:setup
where redis-server >nul 2>nul || (
    echo quantum: redis-server is missing. Install it as your system has it, or use WSL; quantum up also takes Docker, 1>&2
    echo Podman or a server of your own in ConnectionStrings__redis. Nothing is installed from here. 1>&2
    exit /b 2
)
for %%p in (npm python3 initdb chromium) do (
    where %%p >nul 2>nul || echo quantum: %%p is missing: the tests that need it are skipped. 1>&2
)
dotnet build "%root%Quantum.sln" -c Release -v q -nologo 1>&2 || exit /b 2
echo ready 1>&2
exit /b 0

:help
echo usage: quantum ^<up^|test^|setup^|bench^|chaos^|soak^|any verb of the command line tool^> [arguments]
echo `quantum help VERB` or `quantum VERB --help` explains one; README.md lists the verbs of the command line tool.
echo Not here, other than with ./quantum on Linux and macOS: nothing is installed, `test` prints each project's count
echo and no sum, and `test --mutations` has no table.
exit /b 0

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
